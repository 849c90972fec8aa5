import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { channelDatabase } from '$lib/domain/databases';
import { someVault } from '$lib/store/testing/fixtures';
import { status } from '$lib/sync/index';
import type { OpenVault } from '$lib/vault/types';
import { openDatabase } from '../../server/registry/database.ts';
import { openApp, type App } from './app.ts';
import { asBuild, type Build } from './builds.ts';
import { describePlaces, startServer, type Place } from './sync-server.ts';

/** Two builds of one project, two schemas apart. */
const FIRST: Build = { posts: 1, sync: [1] };
const THIRD: Build = { posts: 3, sync: [1] };

const SOON = { timeout: 20_000, interval: 50 };

let place: Place;
let server: Awaited<ReturnType<typeof startServer>>;
let apps: App[] = [];

afterEach(async () => {
  await Promise.all(apps.map((app) => app.close()));
  apps = [];
  await server.remove();
});

async function serve(build: Build): Promise<void> {
  server = await asBuild(build, () => startServer(place));
  await server.addPerson('Yohana Wenda');
  await server.addPerson('Markus Kogoya');
}

/** The server's operators put another build in its place. */
async function updateServer(build: Build): Promise<void> {
  await server.stop();
  server = await asBuild(build, () => startServer(place));
}

async function open(build: Build, device: OpenVault, name?: string): Promise<App> {
  const app = await openApp(build, device, place, name);
  apps.push(app);
  return app;
}

/** The app on a device is updated. */
async function updateApp(app: App, build: Build, device: OpenVault): Promise<App> {
  await app.close();
  apps = apps.filter((other) => other !== app);
  return open(build, device);
}

const becomes = (app: App, id: string, state: object) =>
  vi.waitFor(async () => expect(await app.see((store) => store.ownItem(id))).toMatchObject({ state }), SOON);
const reads = (app: App, id: string, text: string) =>
  vi.waitFor(async () => expect(await app.see((store) => store.post(id))).toMatchObject({ text }), SOON);
const setsAside = (app: App, id: string) =>
  vi.waitFor(async () => {
    const aside = await app.see((store) => store.setAside());
    expect(aside).toContainEqual({ source: channelDatabase(place.channel), id, reason: 'newer-schema' });
  }, SOON);
const copyOf = (id: string) => openDatabase(server.parts.couch, 'courier', channelDatabase(place.channel)).get(id);

describePlaces('versions of /sync', (somePlace) => {
  beforeEach(async () => {
    place = await somePlace();
  });

  test.each([
    ['an app two versions older than the server', [1], [1, 2, 3]],
    ['an app two versions newer than the server', [1, 2, 3], [1]],
    ['an app that has left the first version, with a server that has not', [2, 3, 4], [1, 2, 3]]
  ])('%s sends, hears the answer, and is heard', async (_case, app, serving) => {
    await serve({ posts: 1, sync: serving });
    const phone = await open({ posts: 1, sync: app }, await someVault(), 'Yohana Wenda');
    const colleague = await open({ posts: 1, sync: serving }, await someVault(), 'Markus Kogoya');
    const post = await phone.write('Kelas dibuka lagi besok.');
    await becomes(phone, post._id, { kind: 'delivered' });
    await reads(colleague, post._id, 'Kelas dibuka lagi besok.');
    const answer = await colleague.write('Terima kasih.');
    await reads(phone, answer._id, 'Terima kasih.');
    expect(status.current.phase).not.toMatch(/old/);
  });

  test.each([
    ['too-old', 'an app three versions older than the server', [1], [2, 3, 4], [2, 3, 4], [2, 3, 4]],
    ['server-old', 'an app three versions newer than the server', [2, 3, 4], [1], [2, 3, 4], [1, 2, 3]]
  ])('%s: %s says so, sends what is written, and goes on after the update', async (phase, _case, ...builds) => {
    const [app, serving, appAfter, servingAfter] = builds.map((sync) => ({ posts: 1, sync }));
    if (!app || !serving || !appAfter || !servingAfter) throw new Error('a build is missing');
    await serve(serving);
    const device = await someVault();
    const phone = await open(app, device, 'Yohana Wenda');
    await vi.waitFor(() => expect(status.current.phase).toBe(phase), SOON);
    const post = await phone.write('Dari pulau.');
    await becomes(phone, post._id, { kind: 'sent' });
    await vi.waitFor(async () => expect(await copyOf(post._id)).toMatchObject({ text: 'Dari pulau.' }), SOON);
    expect(status.current.phase).toBe(phase);

    await updateServer(servingAfter);
    const updated = await updateApp(phone, appAfter, device);
    await becomes(updated, post._id, { kind: 'delivered' });
    await vi.waitFor(() => expect(status.current.phase).not.toMatch(/old/), SOON);
  });
});

describePlaces('schemas of documents', (somePlace) => {
  beforeEach(async () => {
    place = await somePlace();
  });

  test('an app two schemas old sends, sets aside what it cannot read, and reads it once it is updated', async () => {
    await serve(THIRD);
    const device = await someVault();
    const phone = await open(FIRST, device, 'Yohana Wenda');
    const colleague = await open(THIRD, await someVault(), 'Markus Kogoya');
    const old = await phone.write('Dari aplikasi lama.');
    await becomes(phone, old._id, { kind: 'delivered' });
    await reads(colleague, old._id, 'Dari aplikasi lama.');
    const young = await colleague.write('Dari aplikasi baru.');
    expect([old.schema, young.schema]).toEqual([1, 3]);
    await setsAside(phone, young._id);
    expect(await phone.see((store) => store.post(young._id))).toBeUndefined();

    const updated = await updateApp(phone, THIRD, device);
    await reads(updated, young._id, 'Dari aplikasi baru.');
    await vi.waitFor(async () => {
      const aside = await updated.see((store) => store.setAside());
      expect(aside.map(({ id }) => id)).not.toContain(young._id);
    }, SOON);
    await becomes(updated, old._id, { kind: 'delivered' });
  });

  test('what a server two schemas old cannot judge waits with a word, and is delivered once it is updated', async () => {
    await serve(FIRST);
    const phone = await open(THIRD, await someVault(), 'Yohana Wenda');
    const colleague = await open(FIRST, await someVault(), 'Markus Kogoya');
    const post = await phone.write('Dari aplikasi baru.');
    await becomes(phone, post._id, { kind: 'postponed' });
    expect(await phone.see((store) => store.counts())).toMatchObject({ waiting: 0, refused: 0 });
    expect((await phone.see((store) => store.postponedItems())).map(({ doc }) => doc._id)).toEqual([post._id]);
    const plain = await colleague.write('Dari aplikasi lama.');
    await reads(phone, plain._id, 'Dari aplikasi lama.');

    await updateServer(THIRD);
    await becomes(phone, post._id, { kind: 'delivered' });
    await setsAside(colleague, post._id);
    expect(await phone.see((store) => store.postponedItems())).toEqual([]);
  });

  test('an edit by a newer app waits beside what stands, and no later judgement takes a delivery back', async () => {
    await serve(FIRST);
    const phone = await open(FIRST, await someVault(), 'Yohana Wenda');
    const computer = await open(THIRD, await someVault(), 'Yohana Wenda');
    const post = await phone.write('awal');
    await becomes(computer, post._id, { kind: 'delivered' });
    await computer.rewrite(post._id, 'dari aplikasi baru');
    await becomes(computer, post._id, { kind: 'postponed' });
    expect(await copyOf(post._id)).toMatchObject({ text: 'awal' });

    await updateServer(THIRD);
    await becomes(computer, post._id, { kind: 'delivered' });
    expect(await copyOf(post._id)).toMatchObject({ text: 'dari aplikasi baru' });
    await updateServer(FIRST);
    const after = await phone.write('sesudah');
    await becomes(phone, after._id, { kind: 'delivered' });
    await becomes(computer, post._id, { kind: 'delivered' });
  });
});
