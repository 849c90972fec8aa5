import type { Topic } from '../../src/lib/domain/documents/post.ts';
import type { ReactionKind } from '../../src/lib/domain/documents/reaction.ts';

/** Rows of the demonstration data in `server/seed/data`. */

export interface Agency {
  key: string;
  title: string;
  region: string;
  regionTitle: string;
  kind: 'regional' | 'central';
}

export interface Unit {
  key: string;
  agency: string;
  title: string;
  region: string;
  regionTitle: string;
}

export interface Channel {
  id: string;
  title: string;
  kind: 'national' | 'agency' | 'unit';
  about: string;
  region?: string;
  agency?: string;
  unit?: string;
}

export type Sex = 'laki-laki' | 'perempuan';
export type Status = 'PNS' | 'CPNS' | 'PPPK' | 'PPPK_PW';

export interface Person {
  key: string;
  id: string;
  name: string;
  sex: Sex;
  nip: string;
  status: Status;
  rank: string;
  position: string;
  unit: string;
  agency: string;
  region: string;
  education: string;
  birthDate: string;
  appointmentDate: string;
  rankDate: string;
  about?: string;
  skills?: string;
  languages?: string;
  phone?: string;
  email?: string;
}

export interface Post {
  key: string;
  channel: string;
  author: string;
  topic: Topic;
  minutesAgo: number;
  text: string;
}

export interface Comment {
  post: string;
  author: string;
  minutesAgo: number;
  text: string;
}

export interface Reaction {
  post: string;
  author: string;
  kind: ReactionKind;
}

/** What a unit does; decides who works there and what they write about. */
export type UnitKind =
  | 'sd'
  | 'smp'
  | 'puskesmas'
  | 'disdik'
  | 'dinkes'
  | 'bkpsdm'
  | 'kominfo'
  | 'dukcapil'
  | 'dishub'
  | 'penyuluh'
  | 'distrik'
  | 'pusat';

/** Whose words a situation is in: a profession, an office, a head, or anybody (`semua`). */
export type Voice =
  | 'semua'
  | 'guru'
  | 'guru-sd'
  | 'guru-smp'
  | 'kepala-sekolah'
  | 'nakes'
  | 'kepala-puskesmas'
  | Exclude<UnitKind, 'sd' | 'smp' | 'puskesmas'>;

/** A person with what only the generator needs to know. */
export interface Staff {
  person: Person;
  voices: Voice[];
  /** What colleagues call her: `Ibu Maria`, `Pak Yosep`. */
  called: string;
}
