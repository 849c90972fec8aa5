import { bank } from '../bank.ts';

/** News from schools and clinics. */
export const fieldNews = [
  ...bank('school-news', { topic: 'berita', by: ['guru'], at: 'uan' }, [
    `Toilet baru {unit} [selesai|sudah dipakai sejak {hari}]: [dua ruang, satu ramah kursi roda, air dari tandon hujan|terpisah untuk putra dan putri]. [Dikerjakan komite dan orang tua selama tiga minggu.|Jadwal bersih-bersih dibuat murid sendiri.] [Kehadiran anak perempuan kelas atas langsung membaik.|Sabunnya kami ikat supaya tidak berenang.] >> Jadwal buatan murid, bagus. >> Tandonnya berapa liter, {penulis}?`,
    `Panel surya kecil di {unit} menyala: [{n=2..4} lampu, satu pengisi telepon, satu laptop bergantian|cukup untuk tiga lampu dan satu kipas]. [Dua guru ditunjuk merawat, panel dilap seminggu sekali.|Belajar malam dibuka tiap {hari} untuk {kelas}.] [Genset diistirahatkan.|Solar yang dihemat jadi buku bacaan.] >> Berapa watt panelnya? >> Jangan lupa aki jangan sampai habis total.`,
    `Murid {unit} [pindahan dan baru|tahun ini]: {n=14..33} anak, [tertinggi dalam lima tahun|{3..6} di antaranya kembali setelah berhenti]. [Bangku kurang enam, sementara memakai bangku balai {kata}.|Kunjungan rumah bulan lalu rupanya berbuah.] [Tantangan baru yang menyenangkan.|Guru tetap empat, semangat bertambah.] >> Kami punya empat bangku lebih, silakan dijemput. >> Buah kunjungan rumah. Selamat.`,
    `Pameran karya murid {wilayah}: [{40..95} karya|tiga sekolah ikut], dari [anyaman, cerita bergambar, sampai alat penyaring air|ukiran kecil, peta {kata}, dan puisi]. [Pengunjung terbanyak justru orang tua.|Karya {anak} dibeli kepala {kata} untuk dipajang di balai.] >> Selamat untuk semua murid. >> Penyaring airnya perlu dipamerkan di kantor juga.`
  ]),
  ...bank('clinic-news', { topic: 'berita', by: ['nakes', 'kepala-puskesmas'], at: 'uan' }, [
    `{unit} [kedatangan bidan baru|kini punya dokter kedua|menerima dua perawat PPPK]. [Pekan pertama langsung ikut pusling.|Warga menyambut dengan {ikan} dan {sayur}.] [Jadwal jaga jadi lebih manusiawi.|Rumah dinas sudah dibersihkan bersama.] >> Selamat bergabung untuk rekan baru. >> Jadwal jaga manusiawi, doa kita semua.`,
    `Lemari vaksin bertenaga surya [sudah dipasang|diuji {n=3..6} hari] di {unit}: suhu stabil [walau mendung dua hari|walau listrik padam semalam]. [Petugas dilatih teknisi setengah hari.|Genset kini hanya cadangan.] [Terima kasih tim dari {kota}.|Buku catatan suhu tetap ditulis tangan.] >> Kami menunggu giliran. >> Catatan tangan tetap penting, setuju.`,
    `Desa siaga {kampung} [berlatih|mengadakan gladi] rujukan: [dari rumah ke {perahu} {11..19} menit|tandu, lampu, dan daftar donor darah siap]. [Yang paling sigap: kelompok ibu.|Kekurangannya: jalan papan licin, sedang diperbaiki.] [Tiga bulan lagi diulang.|Terima kasih pemuda dan juru mudi.] >> Daftar donor darah itu perlu ditiru. >> Salut untuk kelompok ibu.`,
    `{n=3..5} kader {wilayah} mendapat [penghargaan kabupaten|selempang kader teladan]. [Salah satunya sudah {14..26} tahun mengabdi.|Mereka minta hadiah: timbangan baru, bukan piagam.] [Bangga dan haru.|Timbangannya sedang kami usahakan.] >> Minta timbangan, bukan piagam. Luar biasa. >> Selamat untuk para kader.`
  ])
];
