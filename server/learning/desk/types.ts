import type { Attempt } from '../../../src/lib/domain/documents/attempt.ts';
import type { InboxDocument } from '../../../src/lib/domain/documents/index.ts';
import type { Progress } from '../../../src/lib/domain/documents/progress.ts';
import type { Refusal } from '../../../src/lib/domain/documents/receipt.ts';
import type { Submission } from '../../../src/lib/domain/documents/submission.ts';
import type { Issue } from '../../credentials/issue.ts';
import type { Couch } from '../../couch/types.ts';
import type { OwnFiles } from '../../own-files/index.ts';
import type { ParcelKeys } from '../../parcels/keys.ts';
import type { Database } from '../../registry/database.ts';
import type { Person } from '../../registry/types.ts';

/** Own documents from which something follows for the person alone. */
export type Learning = Progress | Attempt | Submission;

export interface DeskParts {
  couch: Couch;
  keys: Pick<ParcelKeys, 'byId'>;
  files: Pick<OwnFiles, 'has'>;
  /** Makes the certificate of a finished course. */
  issue: Issue;
}

/** What a follow-up may ask: `own` is the person's database, which holds what earlier follow-ups answered. */
export interface DeskContext extends DeskParts {
  own: Database;
  /** The server's clock, ISO 8601. */
  now: string;
}

/**
 * What follows from a learning document: documents that the server writes into the person's database. It may be asked
 * again for the same document at any time, so it first looks whether its answer is there.
 */
export type FollowUp = (document: Learning, person: Person, context: DeskContext) => Promise<InboxDocument[]>;

/** Why a learning document is refused for now or for ever. */
export type Objection = (document: Learning, person: Person, context: DeskContext) => Promise<Refusal | undefined>;
