import type { Couch } from './types.ts';
import { RULES_ID } from './write-rules-source.ts';

/**
 * The random id that a database got when it was created; another one means that the database was wiped and that
 * sequences and documents of the old one mean nothing. CouchDB itself only answers such a sequence from the start,
 * which a follower cannot tell from many changes: it must keep the incarnation beside its checkpoint and compare.
 * @returns undefined when the database does not exist or was not provisioned
 */
export async function incarnationOf(couch: Couch, database: string): Promise<string | undefined> {
  const response = await couch.fetch('gateway', `/${encodeURIComponent(database)}/${RULES_ID}`);
  const design = (await response.json()) as { incarnation?: unknown };
  return response.ok && typeof design.incarnation === 'string' ? design.incarnation : undefined;
}
