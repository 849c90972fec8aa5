import * as v from 'valibot';
import { SYNC_VERSION, syncRequest, type SyncRequest } from '../../../src/lib/domain/sync-protocol.ts';
import type { Person } from '../../registry/types.ts';
import { mayFollow } from '../db/matrix.ts';
import { badRequest, Problem } from '../problem.ts';

const versioned = v.object({ version: v.pipe(v.number(), v.integer()) });

/**
 * The body of `POST /sync`. The version is looked at before the rest, because the body of another version may have
 * another shape: 426 `too-old` tells an old app to fetch the new build, 400 `too-new` that the server is behind.
 */
export function parseRequest(body: unknown): SyncRequest {
  const version = v.safeParse(versioned, body);
  if (!version.success) throw badRequest('The body has no version.');
  if (version.output.version < SYNC_VERSION) throw new Problem(426, 'too-old', `This server speaks ${SYNC_VERSION}.`);
  if (version.output.version > SYNC_VERSION) throw new Problem(400, 'too-new', `This server speaks ${SYNC_VERSION}.`);
  const parsed = v.safeParse(syncRequest, body);
  if (!parsed.success) throw badRequest('The body has the wrong shape.');
  const { sources } = parsed.output;
  if (new Set(sources.map(({ name }) => name)).size < sources.length) throw badRequest('A source is named twice.');
  return parsed.output;
}

/** Throws 403 with the names of the sources that this person may not follow. */
export function checkMembership(person: Person, { sources }: SyncRequest): void {
  const closed = sources.map(({ name }) => name).filter((name) => !mayFollow(person, name));
  if (closed.length > 0) throw new Problem(403, 'not-a-member', closed.join(' '));
}
