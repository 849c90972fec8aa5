import { createHash } from 'node:crypto';
import type { Action, Why } from '../../src/lib/domain/audit.ts';
import { docId } from '../../src/lib/domain/ids.ts';
import { canonical } from '../../src/lib/domain/merge/canonical.ts';

/**
 * The audit trail stands in the registry: `audit:<uuidv7>` for what happened, `audit-of:<person>.<uuidv7>` so that a
 * person's part is found. Both are written once (`FINAL_TYPES` of server/access/table.ts). Every process that writes has
 * a chain of its own, so that several write at the same time and none waits for or overtakes another.
 */

/** Who did something: a person, or an operator by a command of the server. */
export type Actor = { person: string } | { operator: string };

export interface AuditEvent {
  action: Action;
  by: Actor;
  why: Why;
  /** Persons whose data it was. */
  about?: string[];
  /** A database or document. */
  what?: string;
  /** How often it happened, or how many there were. */
  count?: number;
}

/** The last entry of a chain that is known. */
export interface Head {
  n: number;
  hash: string;
}

export interface AuditEntry extends AuditEvent {
  _id: string;
  type: 'audit';
  schema: 1;
  /** The server's clock, ISO 8601 UTC. */
  at: string;
  /** UUID of the process's chain, place in it from 1, and hash of the entry before. */
  chain: string;
  n: number;
  previous: string | null;
  /** In the first entry: the newest entries of other chains, so that none of them can disappear unseen. */
  heads?: Record<string, Head>;
  hash: string;
}

export const ENTRY_PREFIX = 'audit:';
export const LISTED_PREFIX = 'audit-of:';

/** The hash of an entry: of all that it says, but for CouchDB's own fields and the hash itself. */
export function hashOf(entry: Record<string, unknown>): string {
  const said = Object.entries(entry).filter(([name]) => name === '_id' || (name !== 'hash' && !name.startsWith('_')));
  return createHash('sha256')
    .update(canonical(Object.fromEntries(said)))
    .digest('hex');
}

/** Ids of the documents that list an entry for the persons it is about. */
export const listedIds = ({ _id, about = [] }: Pick<AuditEntry, '_id' | 'about'>): string[] =>
  about.map((person) => docId('audit-of', person, _id.slice(ENTRY_PREFIX.length)));
