import type { Membership } from '../../src/lib/domain/documents/record.ts';

/** A demonstration account: printed at the start and listed in the README, never present without SMARTASN_DEMO. */
export interface DemoAccount {
  account: string;
  password: string;
  /** Who that is, in Indonesian, for the list of accounts. */
  description: string;
  /** Key of the person in `data/persons.json`. */
  personKey: string;
  roles: Membership['roles'];
}

const PASSWORD = 'smartasn-demo';

const demo = (account: string, description: string, ...roles: Membership['roles']): DemoAccount => ({
  account,
  password: PASSWORD,
  description,
  personKey: account,
  roles: ['staff', ...roles]
});

export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  demo('guru', 'guru PNS di SD Negeri Kolf Braza, Kabupaten Asmat, Papua Selatan'),
  demo('rekan', 'guru PPPK, rekan satu sekolah'),
  demo('perawat', 'perawat PPPK di Puskesmas Serasan, Kabupaten Natuna, Kepulauan Riau'),
  demo('kepegawaian', 'petugas kepegawaian (BKPSDM) Kabupaten Asmat', 'officer'),
  demo('penerbit', 'penerbit materi pembelajaran', 'publisher'),
  demo('admin', 'pengelola aplikasi', 'administrator')
];
