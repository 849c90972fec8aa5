/** What `smartasn certificate` says. */
export interface CertificateWords {
  unknown: (given: string) => string;
  number: (number: string) => string;
  title: (title: string, publisher: string) => string;
  holder: (name: string, account: string) => string;
  issued: (at: string) => string;
  valid: string;
  revoked: (at: string) => string;
  taken: (number: string, at: string) => string;
  rotated: string;
}

const id: CertificateWords = {
  unknown: (given) => `Sertifikat ${given} tidak dikenal. Periksa nomornya.`,
  number: (number) => `Sertifikat ${number}`,
  title: (title, publisher) => `  kursus: ${title} (${publisher})`,
  holder: (name, account) => `  pemilik: ${name} (${account})`,
  issued: (at) => `  terbit: ${at}`,
  valid: '  status: berlaku',
  revoked: (at) => `  status: dicabut sejak ${at}`,
  taken: (number, at) => `Sertifikat ${number} dicabut sejak ${at}. Pemiliknya melihatnya saat perangkatnya terhubung.`,
  rotated: 'Kunci penerbit baru dibuat. Sertifikat lama tetap berlaku dengan kunci lama.'
};

const en: CertificateWords = {
  unknown: (given) => `There is no certificate ${given}. Check its number.`,
  number: (number) => `Certificate ${number}`,
  title: (title, publisher) => `  course: ${title} (${publisher})`,
  holder: (name, account) => `  holder: ${name} (${account})`,
  issued: (at) => `  issued: ${at}`,
  valid: '  status: valid',
  revoked: (at) => `  status: revoked since ${at}`,
  taken: (number, at) => `Certificate ${number} is revoked since ${at}. Its holder sees it when her device connects.`,
  rotated: 'A new issuer key is made. Old certificates stay valid with the old key.'
};

export const certificateWords = (locale: string): CertificateWords => (locale === 'en' ? en : id);
