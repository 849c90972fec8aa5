/** What `smartasn account` says. */
export interface AccountWords {
  noAccount: (account: string) => string;
  code: (name: string, code: string) => string;
}

const id: AccountWords = {
  noAccount: (account) => `Akun ${account} tidak ada.`,
  code: (name, code) =>
    `Kode untuk ${name}, berlaku 24 jam dan sekali pakai. Serahkan hanya kepadanya, setelah Anda yakin siapa dia. ` +
    `Ia mengetiknya di layar masuk, di “Lupa kata sandi”:\n\n  ${code}\n`
};

const en: AccountWords = {
  noAccount: (account) => `There is no account ${account}.`,
  code: (name, code) =>
    `Code for ${name}, good for 24 hours and once. Give it to nobody else, and only when you are sure who asks. ` +
    `It is typed at sign-in, under “Forgot password”:\n\n  ${code}\n`
};

export const accountWords = (locale: string): AccountWords => (locale === 'en' ? en : id);
