import type { Random } from './random.ts';
import type { UnitKind, Voice } from './types.ts';

/** A place in a unit: what the position is called, what it asks for, and how long people have usually served in it. */
export interface Job {
  /** `{jenjang}` becomes the level that fits the golongan. */
  title: string;
  track: 'ahli' | 'terampil' | 'pelaksana' | 'struktural';
  education: Education;
  /** Titles before and after the name. */
  before?: string;
  after?: string;
  voice?: Voice;
  head?: boolean;
  /** Years of service, from–to. */
  tenure?: [number, number];
  women?: number;
  /** Chance of being a PPPK; heads are PNS. */
  contract?: number;
}

export type Education = 'SMA' | 'D3' | 'D4' | 'S1' | 'Profesi' | 'S2';

const teacher = (after: string, title = 'Guru {jenjang}', contract = 0.4): Job => ({
  title,
  track: 'ahli',
  education: 'S1',
  after,
  voice: 'guru',
  women: 0.62,
  contract
});
const nurse: Job = {
  title: 'Perawat {jenjang}',
  track: 'terampil',
  education: 'D3',
  after: 'A.Md.Kep.',
  voice: 'nakes',
  women: 0.6,
  contract: 0.45
};
const midwife: Job = { ...nurse, title: 'Bidan {jenjang}', after: 'A.Md.Keb.', women: 1 };
const clerk: Job = { title: 'Pengadministrasi Perkantoran', track: 'pelaksana', education: 'SMA', contract: 0.4 };
const operator: Job = { title: 'Operator Layanan Operasional', track: 'pelaksana', education: 'SMA', contract: 0.6 };
const manager = (title: string, after: string): Job => ({
  title,
  track: 'pelaksana',
  education: 'S1',
  after,
  contract: 0.2
});
const expert = (title: string, after: string): Job => ({
  title: `${title} {jenjang}`,
  track: 'ahli',
  education: 'S1',
  after,
  contract: 0.25
});
const chief = (title: string, after = 'S.Sos., M.Si.', education: Education = 'S2'): Job => ({
  title,
  track: 'struktural',
  education,
  after,
  head: true,
  tenure: [16, 23],
  women: 0.4,
  contract: 0
});
const section = (title: string, after: string): Job => ({
  title,
  track: 'struktural',
  education: 'S1',
  after,
  tenure: [9, 15],
  contract: 0
});

const headTeacher: Job = {
  title: 'Guru {jenjang}, Kepala Sekolah',
  track: 'ahli',
  education: 'S1',
  after: 'S.Pd.',
  voice: 'kepala-sekolah',
  head: true,
  tenure: [12, 22],
  contract: 0
};

const office = (title: string, experts: Job[]): Job[] => [
  chief(`Kepala ${title}`),
  section('Sekretaris', 'S.E., M.M.'),
  section('Kepala Subbagian Umum dan Kepegawaian', 'S.Sos.'),
  ...experts,
  manager('Penata Layanan Operasional', 'S.E.'),
  clerk
];

export const ROSTERS: Record<UnitKind, Job[]> = {
  sd: [
    headTeacher,
    teacher('S.Pd.SD'),
    teacher('S.Pd.'),
    teacher('S.Pd.', 'Guru {jenjang}', 0.7),
    teacher('S.Pd.'),
    teacher('S.Pd., Gr.', 'Guru {jenjang}', 0.3),
    { ...operator, title: 'Operator Layanan Operasional (operator sekolah)' }
  ],
  smp: [
    headTeacher,
    teacher('S.Si., Gr.'),
    teacher('S.Pd., Gr.'),
    teacher('S.Pd.', 'Guru {jenjang}', 0.7),
    teacher('S.Kom.', 'Guru {jenjang}', 0.6),
    teacher('S.Pd.'),
    teacher('S.Pd.'),
    clerk
  ],
  puskesmas: [
    { ...chief('Kepala Puskesmas', 'S.K.M.', 'S1'), voice: 'kepala-puskesmas' },
    {
      title: 'Dokter {jenjang}',
      track: 'ahli',
      education: 'Profesi',
      before: 'dr.',
      voice: 'nakes',
      women: 0.5,
      contract: 0.2
    },
    nurse,
    nurse,
    { ...nurse, title: 'Perawat {jenjang}', track: 'ahli', education: 'Profesi', after: 'S.Kep., Ns.' },
    midwife,
    midwife,
    { ...nurse, title: 'Nutrisionis {jenjang}', after: 'A.Md.Gz.' },
    { ...nurse, title: 'Tenaga Sanitasi Lingkungan {jenjang}', after: 'A.Md.Kes.LA.' },
    { ...nurse, title: 'Asisten Apoteker {jenjang}', after: 'A.Md.Farm.' },
    operator
  ],
  disdik: office('Dinas Pendidikan', [
    { ...section('Kepala Bidang Pembinaan Pendidikan Dasar', 'S.Pd., M.Pd.'), education: 'S2' },
    { ...expert('Pengawas Sekolah', 'S.Pd., M.Pd.'), education: 'S2', tenure: [14, 24], contract: 0 },
    manager('Penelaah Teknis Kebijakan', 'S.Pd.')
  ]),
  dinkes: office('Dinas Kesehatan', [
    { ...section('Kepala Bidang Kesehatan Masyarakat', 'S.K.M., M.Kes.'), education: 'S2' },
    expert('Epidemiolog Kesehatan', 'S.K.M.'),
    { ...expert('Apoteker', 'S.Farm., Apt.'), education: 'Profesi' },
    expert('Tenaga Promosi Kesehatan dan Ilmu Perilaku', 'S.K.M.')
  ]),
  bkpsdm: office('Badan', [
    section('Kepala Bidang Pengembangan Kompetensi Aparatur', 'S.IP.'),
    expert('Analis Sumber Daya Manusia Aparatur', 'S.IP.'),
    expert('Analis Sumber Daya Manusia Aparatur', 'S.Psi.'),
    {
      ...expert('Pranata Sumber Daya Manusia Aparatur', 'A.Md.'),
      title: 'Pranata SDM Aparatur {jenjang}',
      track: 'terampil',
      education: 'D3'
    }
  ]),
  kominfo: office('Dinas', [
    expert('Pranata Komputer', 'S.Kom.'),
    expert('Pranata Hubungan Masyarakat', 'S.I.Kom.'),
    { ...expert('Sandiman', 'S.Kom.'), contract: 0.5 }
  ]),
  dukcapil: office('Dinas', [
    expert('Administrator Database Kependudukan', 'S.Kom.'),
    { ...operator, title: 'Operator Sistem Informasi Administrasi Kependudukan' }
  ]),
  dishub: office('Dinas', [
    section('Kepala Bidang Angkutan Laut', 'S.T.'),
    { ...operator, title: 'Pengelola Layanan Operasional', education: 'D3', after: 'A.Md.Tra.' }
  ]),
  penyuluh: [
    chief('Koordinator Balai Penyuluhan', 'S.P.', 'S1'),
    expert('Penyuluh', 'S.P.'),
    expert('Penyuluh', 'S.P.'),
    { ...expert('Penyuluh', 'S.Tr.P.'), education: 'D4', contract: 0.8 },
    { ...expert('Penyuluh', 'A.Md.P.'), track: 'terampil', education: 'D3' },
    clerk
  ],
  distrik: [
    chief('Kepala Distrik', 'S.STP.', 'D4'),
    section('Sekretaris Distrik', 'S.IP.'),
    section('Kepala Seksi Pemerintahan', 'S.Sos.'),
    section('Kepala Seksi Pemberdayaan Masyarakat', 'S.Sos.'),
    manager('Penata Layanan Operasional', 'S.AP.'),
    clerk,
    operator
  ],
  pusat: [
    chief('Ketua Tim SmartASN'),
    expert('Pranata Komputer', 'S.Kom.'),
    expert('Pengembang Teknologi Pembelajaran', 'S.Pd.'),
    expert('Analis Kebijakan', 'S.AP.'),
    expert('Pranata Hubungan Masyarakat', 'S.I.Kom.'),
    expert('Widyaiswara', 'S.Psi., M.Si.'),
    manager('Penata Layanan Operasional', 'S.AP.')
  ]
};

/** The word for a district's head in an agency, and of what a unit of extension workers is about. */
export function jobTitle(job: Job, level: string, agency: string, unitTitle: string): string {
  const subject = unitTitle.includes('Perikanan') ? 'Penyuluh Perikanan' : 'Penyuluh Pertanian';
  const title = job.title.replace('{jenjang}', level).replace(/^Penyuluh(?= )/, subject);
  if (agency === 'asmat') return title;
  return title.replace('Kepala Distrik', 'Camat').replace('Sekretaris Distrik', 'Sekretaris Kecamatan');
}

/** A date of birth that fits a year of appointment: nobody starts before 19, contracts often begin later. */
export function birthYear(random: Random, job: Job, appointed: number, contract: boolean): number {
  const schooling = { SMA: 19, D3: 22, D4: 23, S1: 23, Profesi: 25, S2: 25 }[job.education];
  return appointed - schooling - random.int(0, contract ? 14 : job.head ? 4 : 7);
}
