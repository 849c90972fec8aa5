import { badRequest } from './errors.ts';

/**
 * Sequences are opaque outside: a number and the incarnation of the database (or of the log of updates). A sequence of
 * another incarnation answers from the start, as CouchDB does, so a wiped database is never mistaken for the old one.
 * A follower cannot tell that from many changes: on any CouchDB it must keep a mark of its own in the database (a
 * `_local` document) and compare that before it trusts its sequence.
 */
export const formatSeq = (seq: number, incarnation: string): string => `${seq}-${incarnation}`;

/** The number to start after; `now` for the end. Throws CouchDB's error when it is no sequence at all. */
export function parseSeq(value: unknown, incarnation: string): number | 'now' {
  if (value === undefined || value === '0' || value === 0 || value === '') return 0;
  if (value === 'now') return 'now';
  const [, seq, token] = /^(\d+)-([A-Za-z0-9_-]+)$/.exec(String(value)) ?? [];
  if (seq === undefined) throw badRequest("Malformed sequence supplied in 'since' parameter.");
  return token === incarnation ? Number(seq) : 0;
}
