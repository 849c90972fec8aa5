/** What `smartasn kiosk` says. */
export interface KioskWords {
  noAgency: string;
  added: (name: string, code: string) => string;
  none: string;
  waiting: (until: string) => string;
  enrolled: (at: string) => string;
  noKiosk: (given: string) => string;
  removed: (name: string) => string;
}

const id: KioskWords = {
  noAgency: 'Sebutkan instansinya, misalnya --agency dinas-pendidikan.',
  added: (name, code) =>
    `Kios “${name}” siap didaftarkan. Buka alamat SmartASN dengan akhiran /kiosk di mesin itu, lalu ketik kode ini ` +
    `dalam 24 jam:\n\n  ${code}\n`,
  none: 'Belum ada kios.',
  waiting: (until) => `menunggu didaftarkan, kode berlaku sampai ${until}`,
  enrolled: (at) => `terdaftar sejak ${at}`,
  noKiosk: (given) => `Tidak ada satu kios yang nomornya diawali ${given}.`,
  removed: (name) => `Kios “${name}” diakhiri. Mesinnya tahu begitu tersambung.`
};

const en: KioskWords = {
  noAgency: 'Name the agency, as in --agency dinas-pendidikan.',
  added: (name, code) =>
    `The kiosk “${name}” waits for its machine. Open the address of SmartASN with /kiosk at its end there, and type ` +
    `this code within 24 hours:\n\n  ${code}\n`,
  none: 'There is no kiosk yet.',
  waiting: (until) => `waits for its machine, the code lives until ${until}`,
  enrolled: (at) => `enrolled on ${at}`,
  noKiosk: (given) => `There is not one kiosk whose number begins with ${given}.`,
  removed: (name) => `The kiosk “${name}” has ended. Its machine learns it as soon as it connects.`
};

export const kioskWords = (locale: string): KioskWords => (locale === 'en' ? en : id);
