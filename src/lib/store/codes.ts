import type { SharedDocument } from '$lib/domain/documents/index';
import type { ReactionKind } from '$lib/domain/documents/reaction';

/** Type codes of the tables. They are on people's disks: never change the meaning of one. */
export const CODE = {
  post: 1,
  comment: 2,
  reaction: 3,
  profile: 4,
  course: 5,
  channel: 6,
  progress: 7,
  receipt: 8,
  record: 9,
  membership: 10,
  refusal: 11,
  attempt: 12,
  submission: 13,
  mark: 14,
  runtime: 15,
  study: 16,
  grade: 17,
  certificate: 18,
  enrolment: 19,
  // 20 to 29 are kinds of reaction.
  event: 30,
  takers: 31
} as const;

/** Kinds of reaction in the order of their codes: their index makes counting possible without opening anything. */
export const KINDS: readonly ReactionKind[] = ['suka', 'terima-kasih', 'bermanfaat'];
const FIRST_KIND = 20;

export const kindCode = (kind: ReactionKind): number => FIRST_KIND + KINDS.indexOf(kind);
export const kindOf = (code: number): ReactionKind | undefined => KINDS[code - FIRST_KIND];
export const KIND_RANGE = { first: FIRST_KIND, last: FIRST_KIND + 9 };

/** The code of a shared document. */
export const sharedCode = (doc: SharedDocument): number =>
  doc.type === 'reaction' ? kindCode(doc.kind) : CODE[doc.type];

/** Shared documents whose id names a person; it is blinded, the random ids of the others stay readable. */
const PERSONAL = /^(profile|reaction):/;
export const isPersonal = (id: string): boolean => PERSONAL.test(id);

/** Id of a receipt's row, from the id of the own document's row. */
export const receiptKey = (ownRowId: string): string => `r.${ownRowId}`;
