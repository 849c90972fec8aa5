import 'fake-indexeddb/auto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { newPost, rewrite } from '$lib/domain/documents/compose';
import type { OwnPost } from '$lib/domain/documents/post';
import { openStore, type Store } from '$lib/store/index';
import { someVault } from '$lib/store/testing/fixtures';
import { readFreshAt, readFreshSources } from '$lib/sync/fresh';
import { keepSession, signIn, startSync, status, type SyncHandle } from '$lib/sync/index';
import { fakeTab } from '$lib/sync/testing/tab';
import { readUsage } from '$lib/sync/usage/ledger';
import { usageAt } from '$lib/sync/usage/traffic';
import { SIGNING_KEY } from '../../server/gateway/keys.ts';
import { installClocks, runAs } from '../faults/runner.ts';
import { describePlaces, PASSWORD, startServer, type Place } from './sync-server.ts';

installClocks();

const YEAR = 365 * 86_400_000;
const MINUTE = 60_000;
const SKEWS = [
  ['two years ahead', 2 * YEAR],
  ['two years behind', -2 * YEAR]
] as const;
const SOON = { timeout: 20_000, interval: 50 };

let place: Place;
let server: Awaited<ReturnType<typeof startServer>>;
let open: Device[] = [];
let asked: string[] = [];

/** A browser with a clock of its own. */
interface Device {
  store: Store;
  sync: SyncHandle;
  clock: { skew: number };
  as<T>(work: () => T): T;
}

async function device(name: string, skew: number): Promise<Device> {
  const clock = { skew };
  const as = <T>(work: () => T): T => runAs({ dead: false, clock }, work);
  return as(async () => {
    const vault = await someVault();
    const store = await openStore(vault);
    await keepSession(store, await signIn(place.account(name), PASSWORD, server.base));
    const sync = startSync({ store, vault, base: server.base, surroundings: fakeTab(undefined).surroundings });
    const made = { store, sync, clock, as };
    open.push(made);
    return made;
  });
}

const keep = ({ as, store, sync }: Device, make: () => OwnPost): Promise<OwnPost> =>
  as(async () => {
    const kept = await store.write(make());
    sync.now();
    return kept;
  });
const write = (on: Device, text: string) => keep(on, () => newPost(place.channel, 'cerita', text));
const edit = async (on: Device, id: string, text: string) => {
  const item = await on.store.ownItem<OwnPost>(id);
  if (!item) throw new Error(`${id} is not here`);
  return keep(on, () => rewrite(item.doc, text));
};
const delivered = (on: Device, id: string): Promise<string> =>
  vi.waitFor(async () => {
    const state = (await on.store.ownItem(id))?.state;
    expect(state).toMatchObject({ kind: 'delivered' });
    return state?.kind === 'delivered' ? state.at : '';
  }, SOON);
const textsOn = async (on: Device, id: string) =>
  (await on.store.ownItem<OwnPost>(id))?.doc.body.versions.map(({ text }) => text).sort();
const feedOf = async ({ store }: Device) => (await store.feedPage({ limit: 3 })).entries.map(({ text }) => text);
const renewals = () => asked.filter((url) => url.endsWith('/api/session/refresh')).length;

describePlaces('clocks', (somePlace) => {
  beforeAll(async () => {
    place = await somePlace();
    server = await startServer(place);
    await server.addPerson('Yohana Wenda');
    await server.addPerson('Markus Kogoya');
    const original = globalThis.fetch;
    vi.stubGlobal('fetch', (input: string, init: RequestInit) => {
      asked.push(input);
      return original(input, init);
    });
  });

  afterEach(async () => {
    await Promise.all(open.map(({ as, sync }) => as(() => sync.stop())));
    for (const { store } of open) store.close();
    open = [];
    asked = [];
  });

  afterAll(async () => {
    vi.unstubAllGlobals();
    await server.remove();
  });

  describe.each(SKEWS)('a clock that is %s', (_words, skew) => {
    test('what is written arrives, says when by the server’s clock, and stands in the feed where it belongs', async () => {
      const colleague = await device('Markus Kogoya', 0);
      const phone = await device('Yohana Wenda', skew);
      const texts: string[] = [];
      for (const [on, who] of [
        [colleague, 'pertama'],
        [phone, 'kedua'],
        [colleague, 'ketiga']
      ] as const) {
        const text = `${who} ${skew}`;
        const began = Date.now();
        const at = Date.parse(await delivered(on, (await write(on, text))._id));
        expect(at).toBeGreaterThan(began - MINUTE);
        expect(at).toBeLessThan(Date.now() + MINUTE);
        texts.unshift(text);
      }
      for (const on of [phone, colleague, await device('Markus Kogoya', 0), await device('Yohana Wenda', -skew)])
        await vi.waitFor(async () => expect(await feedOf(on)).toEqual(texts), SOON);
    });

    test('the person is told, stays signed in, and the token is renewed no more often than with a right clock', async () => {
      const phone = await device('Yohana Wenda', skew);
      for (const text of ['satu', 'dua', 'tiga']) await delivered(phone, (await write(phone, text))._id);
      expect(Math.abs((status.current.clockSkew ?? 0) + skew)).toBeLessThan(MINUTE);
      expect(status.current.phase).not.toBe('signed-out');
      expect(renewals()).toBe(1);
    });

    test('a clock that jumps in the middle changes nothing: one token, the way back within seconds, its own days', async () => {
      const phone = await device('Yohana Wenda', 0);
      await delivered(phone, (await write(phone, 'sebelum'))._id);
      await vi.waitFor(async () => expect(await readFreshAt(phone.store)).toBeGreaterThan(0), SOON);
      await vi.waitFor(async () => {
        const { today } = usageAt(await readUsage(phone.store), Date.now());
        expect(today.down).toBeGreaterThan(0);
      }, SOON);

      phone.clock.skew = skew;
      const during = await write(phone, 'selama');
      await delivered(phone, during._id);
      expect(renewals()).toBe(1);
      await server.stop();
      const waiting = await write(phone, 'tanpa server');
      phone.clock.skew = 0;
      expect(await phone.store.ownItem(waiting._id)).toMatchObject({ state: { kind: 'waiting' } });
      await server.restart();
      const began = performance.now();
      await delivered(phone, waiting._id);
      expect(performance.now() - began).toBeLessThan(15_000);

      await phone.as(() => phone.sync.stop());
      const usage = await readUsage(phone.store);
      expect(usageAt(usage, Date.now()).today.down).toBeGreaterThan(0);
      expect(usageAt(usage, Date.now() + skew).today.down).toBeGreaterThan(0);
    });

    test('a token that is dead is renewed, whatever the clock says', async () => {
      const phone = await device('Yohana Wenda', skew);
      await delivered(phone, (await write(phone, 'kunci lama'))._id);
      await server.stop();
      await rm(path.join(place.data, SIGNING_KEY));
      await server.restart();
      asked = [];
      await delivered(phone, (await write(phone, 'kunci baru'))._id);
      expect(renewals()).toBe(1);
      expect(status.current.phase).not.toBe('signed-out');
    });

    test('freshness that the wrong clock wrote down is not believed by the right one', async () => {
      const phone = await device('Yohana Wenda', skew);
      await vi.waitFor(async () => expect(await phone.as(() => readFreshAt(phone.store))).toBeGreaterThan(0), SOON);
      await phone.as(() => phone.sync.stop());
      expect(await readFreshAt(phone.store)).toBeLessThanOrEqual(Date.now());
      for (const at of Object.values(await readFreshSources(phone.store))) expect(at).toBeLessThanOrEqual(Date.now());
    });
  });

  test('edits on two devices whose clocks are four years apart: the later one stands, and of two at once both do', async () => {
    const phone = await device('Yohana Wenda', 2 * YEAR);
    const computer = await device('Yohana Wenda', -2 * YEAR);
    const post = await write(phone, 'awal');
    const same = (texts: string[]) =>
      vi.waitFor(async () => {
        for (const on of [phone, computer]) expect(await textsOn(on, post._id)).toEqual(texts);
      }, SOON);
    await same(['awal']);
    await edit(computer, post._id, 'kedua');
    await same(['kedua']);
    await edit(phone, post._id, 'ketiga');
    await same(['ketiga']);

    await server.stop();
    await edit(phone, post._id, 'dari ponsel');
    await edit(computer, post._id, 'dari komputer');
    await server.restart();
    await same(['dari komputer', 'dari ponsel']);
    await edit(computer, post._id, 'keempat');
    await same(['keempat']);
    await delivered(computer, post._id);
    await vi.waitFor(async () => expect(await phone.store.post(post._id)).toMatchObject({ text: 'keempat' }), SOON);
  });
});
