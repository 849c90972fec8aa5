import type { Random } from './random.ts';
import type { Person, UnitKind } from './types.ts';

/** What people say about themselves, by the kind of unit they serve in. */

const ABOUT: Partial<Record<UnitKind, string[]>> = {
  sd: [
    'Mengajar kelas awal sejak hari pertama bertugas. Percaya semua anak bisa membaca kalau sabar menemani.',
    'Guru kelas rangkap. Senang membuat alat peraga dari kulit kayu, biji, dan botol bekas.',
    'Suka bercerita dan bernyanyi bersama murid. Sedang belajar menulis buku cerita dari dongeng setempat.',
    'Dulu murid di sekolah ini, sekarang mengajar di sini.',
    'Mengurus perpustakaan kecil di teras sekolah: 140 judul, semuanya sudah dibaca murid.'
  ],
  smp: [
    'Guru IPA. Laboratorium saya: tepi air, dapur, dan halaman sekolah.',
    'Membina pramuka dan kebun sekolah. Terbuka untuk bertukar modul ajar.',
    'Wali kelas, pembina majalah dinding, penjaga gudang buku, dan tukang pompa air bila perlu.'
  ],
  puskesmas: [
    'Perawat pulau. Sudah hafal jadwal kapal lebih dari jadwal libur.',
    'Fokus pada ibu hamil dan bayi di kampung yang jauh. Bisa dihubungi untuk bertukar pengalaman rujukan.',
    'Penanggung jawab imunisasi. Senang kalau suhu lemari vaksin hijau semua.',
    'Bertugas di ruang gawat darurat dan pusling. Sedang belajar konseling gizi.',
    'Percaya penyuluhan terbaik terjadi sambil duduk di teras rumah orang.'
  ],
  penyuluh: [
    'Penyuluh lapangan. Kelompok dampingan saya 11, perahu saya satu.',
    'Belajar bersama petani dan nelayan: mencatat, mencoba, lalu bercerita.'
  ],
  bkpsdm: [
    'Mengurus data kepegawaian. Tanyakan saja, saya bantu carikan dasarnya.',
    'Pengembangan kompetensi pegawai di daerah yang sulit dijangkau.'
  ],
  pusat: ['Bekerja supaya layanan tetap jalan walau sinyal hilang.', 'Merawat bahan belajar untuk pegawai di lapangan.']
};

const GENERAL_ABOUT = [
  'Melayani warga dengan tenang dan tuntas.',
  'Senang merapikan arsip dan mempersingkat antrean.',
  'Sedang belajar membuat laporan yang benar-benar dibaca orang.',
  'Dari loket ke lapangan, dari lapangan ke loket.'
];

const SKILLS: Partial<Record<UnitKind, string[]>> = {
  sd: ['kelas rangkap', 'literasi awal', 'alat peraga sederhana', 'mendongeng', 'numerasi awal', 'pramuka'],
  smp: ['praktik IPA sederhana', 'penyusunan modul ajar', 'perpustakaan', 'pramuka', 'asesmen diagnostik'],
  puskesmas: ['pertolongan pertama', 'rantai dingin vaksin', 'konseling gizi', 'rujukan laut', 'pencatatan posyandu'],
  penyuluh: ['demplot', 'pengolahan hasil', 'pendampingan kelompok', 'pemetaan lahan', 'perbaikan mesin tempel'],
  bkpsdm: ['analisis jabatan', 'verifikasi berkas', 'fasilitasi pelatihan', 'konsultasi SKP', 'pelayanan data'],
  kominfo: ['jaringan satelit', 'keamanan informasi', 'penulisan berita', 'fotografi'],
  dukcapil: ['layanan jemput bola', 'basis data kependudukan', 'pelayanan disabilitas'],
  dishub: ['jadwal pelayaran', 'keselamatan pelayaran', 'administrasi pelabuhan'],
  pusat: ['perancangan layanan', 'penulisan bahan belajar', 'analisis data', 'aksesibilitas']
};

const GENERAL_SKILLS = ['pelayanan publik', 'pengelolaan arsip', 'penyusunan laporan', 'pengolah angka', 'notulensi'];

const LANGUAGES: Record<string, string[]> = {
  asmat: ['Asmat', 'Melayu Papua', 'Inggris dasar', 'Muyu', 'Kei', 'Jawa'],
  natuna: ['Melayu Natuna', 'Inggris dasar', 'Jawa', 'Minangkabau', 'Bugis'],
  pengelola: ['Inggris', 'Jawa', 'Sunda', 'bahasa isyarat dasar']
};

/** The fields a person filled in herself; some left them empty, as people do. */
export function selfDescription(
  random: Random,
  kind: UnitKind,
  agency: string,
  given: string,
  serial: number
): Pick<Person, 'about' | 'skills' | 'languages' | 'phone' | 'email'> {
  const number = String(serial).padStart(4, '0');
  const account = given.toLowerCase().replaceAll(' ', '');
  return {
    ...(random.chance(0.7) && { about: random.pick(ABOUT[kind] ?? GENERAL_ABOUT) }),
    ...(random.chance(0.75) && {
      skills: random
        .shuffle([...(SKILLS[kind] ?? []), ...GENERAL_SKILLS.slice(0, 3)])
        .slice(0, random.int(2, 4))
        .join(', ')
    }),
    ...(random.chance(0.8) && {
      languages: ['Indonesia', ...random.shuffle(LANGUAGES[agency] ?? []).slice(0, random.int(1, 2))].join(', ')
    }),
    ...(random.chance(0.8) && { phone: `0800-0000-${number}` }),
    ...(random.chance(0.85) && { email: `${account}.${number}@contoh.example` })
  };
}
