import { expect, onTestFinished, test, vi } from 'vitest';
import { channelDatabase } from '../../src/lib/domain/databases.ts';
import { openDatabase } from '../../server/registry/database.ts';
import { ownPost, someStore } from '$lib/store/testing/fixtures';
import { keepSession, signIn, startSync } from '$lib/sync/index';
import { fakeTab } from '$lib/sync/testing/tab';
import { describePlaces, PASSWORD, startServer } from './sync-server.ts';

const POSTS = 110;
const SOON = { timeout: 40_000, interval: 50 };

interface Asked {
  path: string;
  status: number;
  /** When it was sent and when its answer was there, ms. */
  sent: number;
  answered: number;
  retryAfter: number;
}

/** Notes every request of the device, and rings for each refusal, as writing and looking do. */
function watch(ring: () => void): Asked[] {
  const asked: Asked[] = [];
  const original = globalThis.fetch;
  onTestFinished(() => void vi.unstubAllGlobals());
  vi.stubGlobal('fetch', async (input: string, init?: RequestInit) => {
    const sent = performance.now();
    const answer = await original(input, init);
    const retryAfter = Number(answer.headers.get('retry-after'));
    const path = new URL(input).pathname;
    asked.push({ path, status: answer.status, sent, answered: performance.now(), retryAfter });
    if (answer.status === 429) setTimeout(ring, 100);
    return answer;
  });
  return asked;
}

/** Requests that came before the time that the answer before them on the same path had asked for. */
const tooEarly = (asked: Asked[]): Asked[] =>
  asked.filter(({ path, sent }, index) => {
    const before = asked.slice(0, index).findLast((one) => one.path === path);
    return before?.status === 429 && sent - before.answered < before.retryAfter * 1000 - 50;
  });

describePlaces('a server that limits writes', (somePlace) => {
  test('a device waits as it is told, keeps everything, and all of it arrives once', async () => {
    const place = await somePlace();
    const tight = { burst: 3, perSecond: 2 };
    const server = await startServer(place, { limits: { session: tight, address: { burst: 100, perSecond: 100 } } });
    onTestFinished(() => server.remove());
    await server.addPerson('Yohana Wenda');
    const { store, vault } = await someStore();
    await keepSession(store, await signIn(place.account('Yohana Wenda'), PASSWORD, server.base));
    const posts = Array.from({ length: POSTS }, (_, index) => ownPost(`Kabar ${index}`, place.channel));
    for (const post of posts) await store.write(post);
    const { surroundings } = fakeTab(undefined);
    let ring = (): void => undefined;
    const asked = watch(() => ring());
    const sync = startSync({ store, vault, base: server.base, surroundings });
    onTestFinished(() => sync.stop());
    ring = () => sync.now();

    await vi.waitFor(async () => {
      expect(await store.pending()).toEqual([]);
      for (const { _id } of posts) expect(await store.ownItem(_id)).toMatchObject({ state: { kind: 'delivered' } });
    }, SOON);
    expect(asked.filter(({ status }) => status === 429).length).toBeGreaterThan(0);
    expect(tooEarly(asked)).toEqual([]);
    const channel = openDatabase(server.parts.couch, 'courier', channelDatabase(place.channel));
    const copies = await channel.byPrefix<{ _id: string; _rev: string }>('post:');
    expect(new Set(copies.map(({ _id }) => _id))).toEqual(new Set(posts.map(({ _id }) => _id)));
    expect(copies.filter(({ _rev }) => !_rev.startsWith('1-'))).toEqual([]);
  });
});
