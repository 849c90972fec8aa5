/** What `smartasn sessions` says. */
export interface SessionWords {
  noAccount: (account: string) => string;
  none: string;
  title: (name: string) => string;
  unknown: string;
  used: (first: string, last: string) => string;
  lost: (at: string, told: string | undefined) => string;
  noSession: (given: string) => string;
  several: (given: string) => string;
  ended: (count: number) => string;
  reported: string;
  both: string;
}

const id: SessionWords = {
  noAccount: (account) => `Akun ${account} tidak ada.`,
  none: 'Tidak ada perangkat yang masuk.',
  title: (name) => `Perangkat ${name}:`,
  unknown: 'perangkat tidak dikenal',
  used: (first, last) => `masuk ${first}, terakhir dipakai ${last}`,
  lost: (at, told) =>
    `dilaporkan hilang ${at}, ${told ? `perangkat diberi tahu ${told}` : 'perangkat belum tersambung'}`,
  noSession: (given) => `Tidak ada sesi yang nomornya diawali ${given}.`,
  several: (given) => `Beberapa sesi bernomor awal ${given}. Tulis lebih banyak angka.`,
  ended: (count) => `${count} sesi diakhiri. Berlaku seketika.`,
  reported: 'Perangkat dilaporkan hilang. Tempatnya dihapus begitu perangkat itu tersambung.',
  both: 'Pilih salah satu: --end atau --lost.'
};

const en: SessionWords = {
  noAccount: (account) => `There is no account ${account}.`,
  none: 'No device is signed in.',
  title: (name) => `Devices of ${name}:`,
  unknown: 'unknown device',
  used: (first, last) => `signed in ${first}, last used ${last}`,
  lost: (at, told) => `reported lost ${at}, ${told ? `device told ${told}` : 'device has not come yet'}`,
  noSession: (given) => `No session's number begins with ${given}.`,
  several: (given) => `Several sessions begin with ${given}. Give more of the number.`,
  ended: (count) => `${count} ${count === 1 ? 'session' : 'sessions'} ended, with immediate effect.`,
  reported: 'The device is reported lost. Its place is destroyed as soon as it connects.',
  both: 'Choose one: --end or --lost.'
};

export const sessionWords = (locale: string): SessionWords => (locale === 'en' ? en : id);
