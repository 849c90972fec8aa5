import * as v from 'valibot';
import { spokenVersions, SYNC_VERSIONS, TOO_NEW, type SyncRequest } from '../../../src/lib/domain/sync-protocol.ts';
import { mayFollow } from '../../access/allows.ts';
import type { Person } from '../../registry/types.ts';
import { badRequest, Problem } from '../problem.ts';

const versioned = v.object({ version: v.pipe(v.number(), v.integer()) });

/**
 * The body of `POST /sync`, of any version that this server speaks. The version is looked at before the rest, because
 * the body of another version may have another shape: 426 `too-old` tells an old app to fetch the new build, 400
 * `too-new` tells a new one to ask in an older version.
 */
export function parseRequest(body: unknown): SyncRequest {
  const given = v.safeParse(versioned, body);
  if (!given.success) throw badRequest('The body has no version.');
  const { version } = given.output;
  const spoken = SYNC_VERSIONS.get(version);
  if (!spoken) {
    const all = spokenVersions();
    const words = `This server speaks ${all.join(', ')}.`;
    throw version > Math.max(...all) ? new Problem(400, TOO_NEW, words) : new Problem(426, 'too-old', words);
  }
  const asked = spoken.read(body);
  if (!asked) throw badRequest('The body has the wrong shape.');
  const { sources } = asked;
  if (new Set(sources.map(({ name }) => name)).size < sources.length) throw badRequest('A source is named twice.');
  return asked;
}

/** Names of the sources that this person may not follow. */
export const closedTo = (person: Person, { sources }: SyncRequest): string[] =>
  sources.map(({ name }) => name).filter((name) => !mayFollow(person, name));

/** Throws 403 with their names. */
export function checkMembership(person: Person, asked: SyncRequest): void {
  const closed = closedTo(person, asked);
  if (closed.length > 0) throw new Problem(403, 'not-a-member', closed.join(' '));
}
