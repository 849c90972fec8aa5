/** What `smartasn account` says. */
export interface AccountWords {
  noAccount: (account: string) => string;
  code: (name: string, code: string) => string;
  noFactor: (name: string) => string;
  factorGone: (name: string) => string;
}

const id: AccountWords = {
  noAccount: (account) => `Akun ${account} tidak ada.`,
  code: (name, code) =>
    `Kode untuk ${name}, berlaku 24 jam dan sekali pakai. Serahkan hanya kepadanya, setelah Anda yakin siapa dia. ` +
    `Ia mengetiknya di layar masuk, di “Lupa kata sandi”:\n\n  ${code}\n`,
  noFactor: (name) => `${name} tidak memakai kode kedua.`,
  factorGone: (name) =>
    `Kode kedua ${name} sudah dihapus; kata sandinya tetap. Bila akunnya wajib memakai kode kedua, ia memasangnya lagi ` +
    `saat masuk berikutnya. Sesi yang terbuka tetap berjalan: akhiri dengan sessions --end all bila ponselnya hilang.`
};

const en: AccountWords = {
  noAccount: (account) => `There is no account ${account}.`,
  code: (name, code) =>
    `Code for ${name}, good for 24 hours and once. Give it to nobody else, and only when you are sure who asks. ` +
    `It is typed at sign-in, under “Forgot password”:\n\n  ${code}\n`,
  noFactor: (name) => `${name} has no second factor.`,
  factorGone: (name) =>
    `The second factor of ${name} is removed; the password stays. Where the account must have one, it is set up anew ` +
    `at the next sign-in. Open sessions go on: end them with sessions --end all when the phone is lost.`
};

export const accountWords = (locale: string): AccountWords => (locale === 'en' ? en : id);
