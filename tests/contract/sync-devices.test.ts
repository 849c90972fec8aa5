import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { OwnPost } from '$lib/domain/documents/post';
import type { Store } from '$lib/store/store-api';
import { edited, ownPost, someStore } from '$lib/store/testing/fixtures';
import { keepSession, signIn, startSync, type SyncHandle } from '$lib/sync/index';
import { fakeTab } from '$lib/sync/testing/tab';
import { describePlaces, PASSWORD, startServer, type Place } from './sync-server.ts';

let place: Place;
let server: Awaited<ReturnType<typeof startServer>>;
const devices: SyncHandle[] = [];
const SOON = { timeout: 20_000, interval: 50 };

/** A browser of its own in which the person has signed in. */
async function device(name: string): Promise<{ store: Store; sync: SyncHandle }> {
  const { store, vault } = await someStore();
  await keepSession(store, await signIn(place.account(name), PASSWORD, server.base));
  const { surroundings } = fakeTab(undefined);
  const sync = startSync({ store, vault, base: server.base, surroundings });
  devices.push(sync);
  return { store, sync };
}

describePlaces('devices of a person', (somePlace) => {
  beforeAll(async () => {
    place = await somePlace();
    server = await startServer(place);
  });

  afterAll(async () => {
    await Promise.all(devices.map((sync) => sync.stop()));
    await server.remove();
  });

  test('a post goes from one device to the server, back as a receipt, to a colleague, and to the second device', async () => {
    await server.addPerson('Yohana Wenda');
    await server.addPerson('Markus Kogoya');
    const [phone, computer, colleague] = [
      await device('Yohana Wenda'),
      await device('Yohana Wenda'),
      await device('Markus Kogoya')
    ];
    await vi.waitFor(async () => expect(await colleague.store.membership()).toBeDefined(), SOON);

    const post = await phone.store.write(ownPost('Kelas dibuka lagi besok.', place.channel));
    phone.sync.now();
    await vi.waitFor(
      async () => expect(await phone.store.ownItem(post._id)).toMatchObject({ state: { kind: 'delivered' } }),
      SOON
    );
    await vi.waitFor(
      async () => expect(await colleague.store.post(post._id)).toMatchObject({ by: { name: 'Yohana Wenda' } }),
      SOON
    );
    await vi.waitFor(
      async () => expect(await computer.store.ownItem(post._id)).toMatchObject({ state: { kind: 'delivered' } }),
      SOON
    );
  });

  test('what is written while the server is dead arrives within seconds after it is back', async () => {
    await server.addPerson('Agnes Tabuni');
    const { store, sync } = await device('Agnes Tabuni');
    await vi.waitFor(async () => expect(await store.checkpoint('own')).toBeDefined(), SOON);
    const first = await store.write(ownPost('sebelum', place.channel));
    sync.now();
    await vi.waitFor(
      async () => expect(await store.ownItem(first._id)).toMatchObject({ state: { kind: 'delivered' } }),
      SOON
    );

    await server.stop();
    const post = await store.write(ownPost('tanpa sinyal', place.channel));
    const again = await store.write(edited((await store.ownItem<OwnPost>(first._id))?.doc ?? first, 'sesudah'));
    sync.now();
    expect(await store.ownItem(post._id)).toMatchObject({ state: { kind: 'waiting' } });
    await server.restart();
    const began = performance.now();
    for (const { _id } of [post, again]) {
      await vi.waitFor(
        async () => expect(await store.ownItem(_id)).toMatchObject({ state: { kind: 'delivered' } }),
        SOON
      );
    }
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  test('a device with nothing to say and nothing to hear costs one held request', async () => {
    await server.addPerson('Lina Elopere');
    const { store, sync } = await device('Lina Elopere');
    const post = await store.write(ownPost('satu', place.channel));
    sync.now();
    await vi.waitFor(
      async () => expect(await store.ownItem(post._id)).toMatchObject({ state: { kind: 'delivered' } }),
      SOON
    );
    // The copy in the channel is the last that comes: from then on there is nothing to hear.
    await vi.waitFor(
      async () => expect(await store.post(post._id)).toMatchObject({ by: { name: 'Lina Elopere' } }),
      SOON
    );
    await Promise.all(devices.splice(0, devices.length - 1).map((other) => other.stop()));
    const asked: string[] = [];
    const original = globalThis.fetch;
    vi.stubGlobal('fetch', (input: string, init: RequestInit) => {
      asked.push(input);
      return original(input, init);
    });
    for (let round = 0; round < 50; round += 1) {
      sync.now();
      await store.pending();
    }
    expect(asked.slice(1)).toEqual([]);
    vi.unstubAllGlobals();
  });
});
