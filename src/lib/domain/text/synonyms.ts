/** What offices say short, and what it stands for; who looks for one finds the other. */
export const SHORT_FORMS: ReadonlyMap<string, string> = new Map([
  ['jp', 'jam pelajaran'],
  ['skp', 'sasaran kinerja pegawai'],
  ['kgb', 'kenaikan gaji berkala'],
  ['kp', 'kenaikan pangkat'],
  ['pak', 'penetapan angka kredit'],
  ['jf', 'jabatan fungsional'],
  ['pbj', 'pengadaan barang jasa'],
  ['pdp', 'pelindungan data pribadi'],
  ['p3k', 'pertolongan pertama kecelakaan'],
  ['uks', 'kesehatan sekolah'],
  ['tik', 'digital'],
  ['calistung', 'literasi numerasi'],
  ['hp', 'ponsel'],
  ['tnd', 'naskah dinas']
]);
