import type { Topic } from '../../../src/lib/domain/documents/post.ts';

/** Replies that fit any post of a topic; `{penulis}` is how colleagues call the post's author. */
export const TOPIC_REPLIES: Record<Topic, string[]> = {
  berita: [
    `[Kabar baik|Kabar menggembirakan|Berita bagus], {penulis}. [Semoga|Mudah-mudahan] [menular ke unit lain|terus berlanjut].`,
    `[Terima kasih|Makasih] kabarnya, {penulis}. [Kami|Di {wilayah} kami] [ikut senang|menunggu kelanjutannya].`,
    `[Selamat|Salut] untuk [semua yang terlibat|tim di lapangan].`,
    `[Ada|Apakah ada] rencana [serupa|seperti ini] untuk {distrik}, {penulis}?`,
    `[Baru tahu.|Wah, baru dengar.] [Izin saya sampaikan di {unit}.|Saya teruskan ke teman-teman.]`,
    `[Semoga perawatannya juga dianggarkan|Jangan lupa jadwal perawatannya], [biar awet|supaya tidak cepat rusak].`,
    `[Mantap|Bagus sekali], [ditunggu cerita lanjutannya|terus kabari kami], {penulis}.`
  ],
  pembelajaran: [
    `[Terima kasih|Makasih] [sudah berbagi|ilmunya], {penulis}. [Langsung saya catat.|Saya coba minggu ini.]`,
    `[Saya|Kami] juga [baru mulai|sedang mencoba], [memang tidak mudah|tapi hasilnya mulai terasa].`,
    `[Boleh tahu|Sebaiknya] mulai dari mana, {penulis}? [Saya masih bingung.|Waktu saya sedikit.|]`,
    `[Kursus|Bahan] itu [sudah saya unduh|masuk daftar saya]. [Tinggal niatnya.|Dibaca di {perahu} nanti.]`,
    `[Setuju|Betul sekali]. [Belajar sedikit tapi rutin lebih kuat daripada sekali banyak.|Yang penting dipraktikkan.]`,
    `[Boleh|Bisa] [dibagikan rangkumannya|diceritakan lebih rinci], {penulis}? [Sinyal saya kuat malam hari.|Di {unit} pasti berguna.]`,
    `Mari [bikin kelompok kecil|saling menagih], [saya ikut|saya siap jadi pengingat].`
  ],
  layanan: [
    `[Terima kasih|Makasih] infonya, [segera kami sampaikan ke warga|saya tempel di papan {unit}].`,
    `[Apakah|Kalau] [bisa diwakilkan keluarga|berlaku juga untuk {kata} yang jauh], {penulis}?`,
    `[Alur|Cara] seperti ini [yang dibutuhkan|membantu sekali] di {wilayah}.`,
    `Di {unit} [kami coba mirip|sudah mulai kami tiru], [hasilnya lumayan|warga senang].`,
    `[Mohon|Minta tolong] dibuatkan [versi satu halaman|gambar langkahnya], {penulis}, [untuk warga yang tidak lancar membaca|biar mudah ditempel].`,
    `[Kendala kami|Yang masih sulit] [tinggal ongkos perahu|soal listrik], [selebihnya jalan|semoga ada jalan keluarnya].`,
    `[Jempol|Hormat] untuk petugasnya. [Pelayanan begini terasa sampai ke rumah.|Semoga bisa dipertahankan.]`
  ],
  kesehatan: [
    `[Terima kasih pengingatnya|Terima kasih|Makasih], {penulis}. [Saya sampaikan ke kader|Kami umumkan sesudah ibadah|Saya teruskan ke keluarga].`,
    `[Di|Wilayah] {tempat} juga [mulai banyak|ada beberapa kasus]. [Kami akan pantau.|Mohon arahannya.]`,
    `[Apakah|Bolehkah] [anak di bawah dua tahun|lansia] [juga ikut|dilayani], {penulis}?`,
    `[Semoga sehat selalu|Sehat-sehat] [untuk semua petugas|para nakes di lapangan].`,
    `[Jadwalnya|Waktunya] [mohon tidak bentrok dengan hari pasar|tolong pagi saja, siang air surut].`,
    `[Kami siap membantu|Sekolah kami siap bantu] [menyiapkan tempat|mengumpulkan warga], {penulis}.`,
    `[Saya praktikkan di rumah.|Mulai dari diri sendiri dulu.] [Tetangga ikut bertanya.|Anak-anak yang paling cepat hafal.]`
  ],
  pendidikan: [
    `[Ide bagus|Keren|Kreatif sekali], {penulis}. [Saya coba di kelas saya|Kami tiru ya|Izin saya pakai untuk {kelas}].`,
    `[Di {unit}|Kami di {tempat}] [juga begitu|pernah mencoba], [tantangannya di waktu|anak-anak suka sekali].`,
    `[Boleh minta|Bisa dibagikan] [lembar kerjanya|contohnya|langkah-langkahnya], {penulis}?`,
    `[Bagaimana|Lalu bagaimana] dengan [anak yang tertinggal jauh|yang jarang masuk], {penulis}?`,
    `[Semangat|Tetap semangat], {penulis}. [Anak-anak beruntung punya guru seperti ini.|Kerja Anda dilihat, walau tidak difoto.]`,
    `[Kalau|Saya rasa kalau] dikerjakan bersama [satu gugus|dua sekolah], [bahannya bisa dipakai bergantian|kita bisa saling menilai].`,
    `[Kami kirimi|Ada] [buku cerita|kartu huruf] [lebih di sini|yang bisa dipakai], [nanti dititip {perahu}|kabari saja alamatnya].`
  ],
  pengumuman: [
    `[Siap|Baik], {penulis}. [Dicatat.|Kami laksanakan.|Saya teruskan ke tim.]`,
    `[Terima kasih|Makasih] informasinya. [Sudah dibaca di {unit}.|Kami di {tempat} baru dapat sinyal.]`,
    `[Terima kasih|Makasih] diingatkan, {penulis}. [Hampir saja terlewat.|Langsung saya kerjakan.|Saya catat di papan.]`,
    `[Bagian saya|Punya saya] [sudah selesai|selesai {hari}], [tinggal diperiksa|mohon dicek], {penulis}.`,
    `[Izin bertanya|Mohon penjelasan]: [apakah berlaku juga untuk PPPK|bagaimana kalau terhalang {cuaca}|batas waktunya pukul berapa {zona}], {penulis}?`,
    `[Kalau bisa|Mohon] [waktunya diundur sehari|ada pilihan tanpa hadir langsung], [jadwal {perahu} hanya {hari}|kami jauh dari {kota}].`,
    `[Noted|Dimengerti], [berkas kami kirim {hari}|daftar nama menyusul].`,
    `[Untuk|Buat] yang [di lapangan|sedang dinas luar], [apakah boleh menyusul|ada keringanan], {penulis}?`,
    `[Sudah kami tempel|Kami bacakan saat apel] di {unit}, [terima kasih|siap].`
  ],
  cerita: [
    `[Terima kasih|Makasih] [ceritanya|sudah bercerita], {penulis}. [Hangat sekali.|Jadi semangat lagi.|Saya sampai senyum sendiri.]`,
    `[Salam|Salam hormat] dari {tempat}. [Kami merasakan hal yang sama.|Cerita kita mirip.]`,
    `[Semoga|Mudah-mudahan] [dimudahkan semuanya|sehat dan kuat selalu], {penulis}.`,
    `[Haru|Terharu] bacanya. [Yang begini tidak ada di laporan.|Inilah kerja yang sebenarnya.]`,
    `[Saya baca|Dibacakan] [saat apel pagi|ke teman-teman di {unit}], [semua diam|semua tepuk tangan].`,
    `[Hati-hati|Jaga diri] ya, {penulis}. [Musim {cuaca} begini sering mendadak.|Jangan lupa istirahat.]`,
    `[Ditunggu|Kami tunggu] [cerita berikutnya|lanjutannya], {penulis}.`
  ]
};

export const GENERAL_REPLIES = [
  `[Setuju|Sepakat] [sekali|dengan {penulis}]. [Di {unit} juga terasa.|]`,
  `[Baru terbaca|Maaf baru baca], [sinyal di {tempat} baru ada|kemarin kapal dan sinyal sama-sama hilang]. [Terima kasih, {penulis}.|]`,
  `[Izin|Mohon izin] [menyimpan|meneruskan ke {unit}], {penulis}.`,
  `[Hadir|Menyimak] dari {wilayah}. [Terima kasih.|]`,
  `[Bermanfaat|Berguna] [sekali|untuk kami di {tempat}], [terima kasih|makasih banyak].`,
  `[Saya tandai|Ini penting untuk] {rekan} [ya|juga], [supaya tidak terlewat|biar satu pemahaman].`
];

/** What the author of a post answers to those who commented. */
export const AUTHOR_REPLIES = [
  `[Terima kasih|Makasih] [semuanya|tanggapannya|rekan-rekan]. [Sehat selalu.|Salam dari {tempat}.|Nanti saya kabari lagi.]`,
  `[Siap|Baik], [besok|{hari}] [saya kirimkan|saya lengkapi], [tunggu sinyal dulu|menunggu listrik menyala].`,
  `[Boleh|Silakan] [dipakai|disalin], [tidak perlu izin|semoga berguna].`,
  `[Pertanyaan bagus|Pertanyaan yang baik]. [Kami tanyakan dulu, nanti saya tulis di sini.|Jawaban singkatnya: bisa, nanti saya jelaskan.]`,
  `[Catatannya|Rangkumannya] [sedang saya rapikan|menyusul {hari}], [sabar ya|mohon tunggu].`,
  `[Amin. Terima kasih doanya|Terima kasih dukungannya]. [Kami lanjutkan.|Semoga lancar.]`,
  `[Masukannya diterima|Masukan yang bagus], [kami coba minggu depan|langsung saya sampaikan ke {rekan}].`,
  `[Ditunggu|Kami tunggu] [kunjungannya|ceritanya juga] [di {tempat}|di sini].`
];
