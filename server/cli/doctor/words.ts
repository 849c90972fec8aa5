import type { Refusal } from '../../../src/lib/domain/documents/receipt.ts';

/** What the doctor says, in both languages. */
export interface DoctorWords {
  clockRight: string;
  clockWrong: (seconds: number) => string;
  users: string;
  userWrong: (role: string) => string;
  settings: string;
  settingsUnsafe: (count: number) => string;
  setting: (name: string, given: string, wanted: string) => string;
  settingsHint: string;
  settingsUnknown: (status: number) => string;
  system: string;
  systemMissing: (names: string) => string;
  rules: (count: number) => string;
  rulesWrong: (count: number) => string;
  shards: (q: number) => string;
  security: string;
  noRules: string;
  oldRules: string;
  repaired: (count: number) => string;
  repairHint: string;
  unknown: (count: number) => string;
  behindMoving: (before: number, after: number) => string;
  behindStill: (count: number) => string;
  oldest: (age: string) => string;
  noneKept: (count: number) => string;
  refused: (count: number) => string;
  noRefused: string;
  partly: (seen: number, all: number) => string;
  reasons: Record<Refusal, string>;
  reason: (words: string, count: number, example: string) => string;
  showHint: string;
  sharedReadable: (count: number) => string;
  sharedUnreadable: (count: number) => string;
  sharedPartly: (seen: number, all: number) => string;
  sessions: (count: number) => string;
  sessionsOver: (count: number) => string;
  key: (age: string) => string;
  noKey: string;
  keyOpen: (mode: string) => string;
  media: (files: number, checked: number) => string;
  mediaMissing: (count: number) => string;
  mediaDamaged: (count: number) => string;
  mediaHint: string;
  days: (count: number) => string;
  hours: (count: number) => string;
  minutes: (count: number) => string;
  notFound: (id: string) => string;
  healthy: string;
  attention: (count: number) => string;
}

const id: DoctorWords = {
  clockRight: 'Jam server dan basis data sama',
  clockWrong: (seconds) => `Jam server dan basis data berbeda ${seconds} detik. Nyalakan NTP di keduanya.`,
  users: 'Pengguna layanan courier dan gateway dapat masuk',
  userWrong: (role) => `Pengguna layanan ${role} masuk tanpa perannya. Hapus pengguna itu dari _users dan ulangi.`,
  settings: 'Pengaturan CouchDB aman',
  settingsUnsafe: (count) => `${count} pengaturan CouchDB tidak aman:`,
  setting: (name, given, wanted) => `${name} = ${given}, seharusnya ${wanted}`,
  settingsHint: 'Salin deploy/couchdb/smartasn.ini ke etc/local.d/ CouchDB, lalu mulai ulang CouchDB.',
  settingsUnknown: (status) => `Pengaturan CouchDB tidak dapat dibaca (${status}). Bandingkan dengan deploy/couchdb/.`,
  system: 'Basis data sistem lengkap',
  systemMissing: (names) => `Basis data sistem tidak ada: ${names}. Mulai ulang server.`,
  rules: (count) => `Hak akses dan aturan tulis benar di ${count} basis data`,
  rulesWrong: (count) => `Hak akses atau aturan tulis salah di ${count} basis data:`,
  shards: (q) => `q=${q}, seharusnya 1: urutan perubahan tidak pasti. Salin ke basis data baru dengan q=1.`,
  security: '_security tidak sesuai',
  noRules: 'tidak ada aturan tulis',
  oldRules: 'aturan tulis dari versi lain',
  repaired: (count) => `${count} basis data diperbaiki`,
  repairHint: 'Perbaiki dengan: smartasn doctor --repair',
  unknown: (count) => `${count} basis data bukan milik SmartASN; tidak disentuh:`,
  behindMoving: (before, after) => `Kurir bekerja: ${before} kiriman menunggu, kini ${after}`,
  behindStill: (count) => `Kurir diam: kiriman ${count} pegawai menunggu. Jalankan server, lalu lihat catatannya.`,
  oldest: (age) => `yang tertua ditulis ${age} lalu (menurut jam perangkat)`,
  noneKept: (count) => `${count} di antaranya belum pernah diperiksa`,
  refused: (count) => `${count} kiriman pegawai disisihkan kurir:`,
  noRefused: 'Tidak ada kiriman yang disisihkan kurir',
  partly: (seen, all) => `baru ${seen} dari ${all} pegawai dilihat`,
  reasons: {
    malformed: 'isinya rusak',
    'unknown-type': 'jenisnya belum dikenal server ini',
    'newer-schema': 'dari aplikasi yang lebih baru; perbarui server ini',
    'too-long': 'terlalu panjang',
    empty: 'isinya kosong',
    'not-a-member': 'bukan anggota ruangnya',
    'no-such-target': 'kabar yang dituju tidak ada',
    'not-yours': 'bukan miliknya',
    'file-missing': 'berkasnya belum sampai'
  },
  reason: (words, count, example) => `${count} × ${words}, misalnya ${example}`,
  showHint: 'Lihat satu: smartasn doctor --show <nomor>',
  sharedReadable: (count) => `Aplikasi dapat membaca ${count} dokumen bersama`,
  sharedUnreadable: (count) => `${count} dokumen bersama tidak dapat dibaca aplikasi dan disisihkan:`,
  sharedPartly: (seen, all) => `baru ${seen} dari ${all} basis data bersama dilihat seluruhnya`,
  sessions: (count) => `${count} perangkat sedang masuk`,
  sessionsOver: (count) => `${count} sesi lewat 90 hari; dihapus saat server berjalan`,
  key: (age) => `Kunci sesi berumur ${age}`,
  noKey: 'Kunci sesi belum ada; dibuat saat server mulai',
  keyOpen: (mode) => `Kunci sesi dapat dibaca orang lain (mode ${mode}). Jalankan: chmod 600`,
  media: (files, checked) => `Berkas kursus lengkap: ${files} berkas, ${checked} diperiksa isinya`,
  mediaMissing: (count) => `${count} berkas kursus tidak ada:`,
  mediaDamaged: (count) => `${count} berkas kursus rusak:`,
  mediaHint: 'Terbitkan ulang kursusnya: smartasn course import <berkas>',
  days: (count) => `${count} hari`,
  hours: (count) => `${count} jam`,
  minutes: (count) => `${count} menit`,
  notFound: (given) => `Tidak ada dokumen dengan nomor ${given}.`,
  healthy: 'Semua baik.',
  attention: (count) => `${count} hal perlu perhatian.`
};

const en: DoctorWords = {
  clockRight: 'The clocks of server and database agree',
  clockWrong: (seconds) => `The clocks of server and database are ${seconds} seconds apart. Turn on NTP on both.`,
  users: 'The service users courier and gateway can sign in',
  userWrong: (role) => `The service user ${role} signs in without its role. Remove it from _users and try again.`,
  settings: 'The settings of CouchDB are safe',
  settingsUnsafe: (count) => `${count} settings of CouchDB are unsafe:`,
  setting: (name, given, wanted) => `${name} = ${given}, should be ${wanted}`,
  settingsHint: 'Copy deploy/couchdb/smartasn.ini into etc/local.d/ of CouchDB, then start CouchDB again.',
  settingsUnknown: (status) => `The settings of CouchDB cannot be read (${status}). Compare them with deploy/couchdb/.`,
  system: 'The system databases are there',
  systemMissing: (names) => `System databases are missing: ${names}. Start the server again.`,
  rules: (count) => `Access and write rules are right in ${count} databases`,
  rulesWrong: (count) => `Access or write rules are wrong in ${count} databases:`,
  shards: (q) => `q=${q} instead of 1: the order of changes is uncertain. Copy it into a new database with q=1.`,
  security: '_security is different',
  noRules: 'there are no write rules',
  oldRules: 'the write rules are of another version',
  repaired: (count) => `${count} databases were repaired`,
  repairHint: 'Repair with: smartasn doctor --repair',
  unknown: (count) => `${count} databases are not of SmartASN and are left alone:`,
  behindMoving: (before, after) => `Courier at work: ${before} documents waited, now ${after}`,
  behindStill: (count) => `Courier silent: documents of ${count} persons wait. Start the server, then read its log.`,
  oldest: (age) => `the oldest was written ${age} ago (by the device's clock)`,
  noneKept: (count) => `${count} of them were never looked at`,
  refused: (count) => `The courier set ${count} documents of persons aside:`,
  noRefused: 'The courier set no document aside',
  partly: (seen, all) => `only ${seen} of ${all} persons were looked at`,
  reasons: {
    malformed: 'malformed',
    'unknown-type': 'of a type that this server does not know yet',
    'newer-schema': 'from a newer app; update this server',
    'too-long': 'too long',
    empty: 'empty',
    'not-a-member': 'not a member of the room',
    'no-such-target': 'the post it is about is gone',
    'not-yours': 'of somebody else',
    'file-missing': 'its file has not arrived'
  },
  reason: (words, count, example) => `${count} × ${words}, for example ${example}`,
  showHint: 'See one: smartasn doctor --show <number>',
  sharedReadable: (count) => `Apps can read ${count} shared documents`,
  sharedUnreadable: (count) => `Apps cannot read ${count} shared documents and set them aside:`,
  sharedPartly: (seen, all) => `only ${seen} of ${all} shared databases were looked through`,
  sessions: (count) => `${count} devices are signed in`,
  sessionsOver: (count) => `${count} sessions are older than 90 days; the running server removes them`,
  key: (age) => `The session key is ${age} old`,
  noKey: 'There is no session key yet; the server makes one when it starts',
  keyOpen: (mode) => `Others can read the session key (mode ${mode}). Run: chmod 600`,
  media: (files, checked) => `Course files are complete: ${files} files, the content of ${checked} was checked`,
  mediaMissing: (count) => `${count} course files are missing:`,
  mediaDamaged: (count) => `${count} course files are damaged:`,
  mediaHint: 'Publish the course again: smartasn course import <file>',
  days: (count) => `${count} days`,
  hours: (count) => `${count} hours`,
  minutes: (count) => `${count} minutes`,
  notFound: (given) => `There is no document with the number ${given}.`,
  healthy: 'Everything is well.',
  attention: (count) => `${count} things need attention.`
};

export const doctorWords = (locale: string): DoctorWords => (locale === 'en' ? en : id);

const HOUR = 3_600_000;

/** An age in the largest unit that is whole. */
export function ageIn(words: DoctorWords, ms: number): string {
  if (ms >= 48 * HOUR) return words.days(Math.floor(ms / (24 * HOUR)));
  return ms >= 2 * HOUR ? words.hours(Math.floor(ms / HOUR)) : words.minutes(Math.max(0, Math.round(ms / 60_000)));
}
