import { afterEach, beforeEach, expect, test } from 'vitest';
import { spokenVersions, SYNC_VERSIONS, type SyncVersion } from '$lib/domain/sync-protocol';
import { createAsk } from './ask';

const first = SYNC_VERSIONS.get(1);
const { signal } = new AbortController();
const HOUR = 3_600_000;

/** What this build would speak if there were these versions. */
const speak = (versions: number[]): unknown =>
  Object.assign(SYNC_VERSIONS, {
    keys: () => versions.values(),
    get: (version: number): SyncVersion | undefined =>
      first && { ...first, write: (question) => ({ ...first.write(question), version }) }
  });
const { keys, get } = SYNC_VERSIONS;

beforeEach(() => speak([1, 2, 3]));
afterEach(() => Object.assign(SYNC_VERSIONS, { keys, get }));

/** A server that speaks these versions, and a clock. */
function someServer(spoken: number[]) {
  const asked: number[] = [];
  const world = { spoken, now: 0 };
  const fetch = (_path: string, init?: RequestInit): Promise<Response> => {
    const { version } = JSON.parse(String(init?.body)) as { version: number };
    asked.push(version);
    if (world.spoken.includes(version)) return Promise.resolve(new Response('good'));
    const isNewer = version > Math.max(...world.spoken);
    const body = JSON.stringify({ code: isNewer ? 'too-new' : 'too-old', message: '' });
    return Promise.resolve(new Response(body, { status: isNewer ? 400 : 426 }));
  };
  const ask = createAsk({ fetch }, () => world.now);
  return { world, asked, ask: () => ask({ sources: [] }, 1_000, signal) };
}

test('a build speaks its newest version and at most the two before it', () => {
  Object.assign(SYNC_VERSIONS, { keys, get });
  const [newest = 0, ...older] = spokenVersions();
  expect(older).toEqual([newest - 1, newest - 2].filter((version) => version > 0));
});

test('an older server is asked in its version from then on, and in the newest again after an hour', async () => {
  const { world, asked, ask } = someServer([1]);
  await ask();
  await ask();
  expect(asked.splice(0)).toEqual([3, 2, 1, 1]);
  world.spoken = [1, 2, 3];
  await ask();
  world.now += HOUR;
  await ask();
  expect(asked).toEqual([1, 3]);
});

test('without a version in common it says which side is old, and finds the server once it is updated', async () => {
  const { world, asked, ask } = someServer([0]);
  await expect(ask()).rejects.toMatchObject({ code: 'server-old' });
  world.spoken = [2];
  await ask();
  expect(asked.splice(0)).toEqual([3, 2, 1, 3, 2]);
  world.spoken = [4];
  await expect(ask()).rejects.toMatchObject({ code: 'too-old' });
  world.spoken = [3];
  await ask();
  expect(asked).toEqual([2, 3]);
});
