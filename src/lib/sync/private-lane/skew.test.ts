import { describe, expect, test } from 'vitest';
import { newPost, rewrite } from '$lib/domain/documents/compose';
import type { OwnPost } from '$lib/domain/documents/post';
import { inBuild } from '../testing/build';
import { reopenDevice, someDevice, type Device } from '../testing/device';
import { FakeServer } from '../testing/fake-server';
import { readAgain } from '../upkeep';

/** A device of the person with the app of one build. */
interface Side {
  device: Device;
  schema: number;
}

const as = <T>({ schema, device }: Side, work: (device: Device) => Promise<T>): Promise<T> =>
  inBuild(schema, () => work(device));

const round = (side: Side): Promise<void> =>
  as(side, async ({ lane, signal }) => {
    await lane.pull(signal);
    await lane.push(signal);
    await lane.pull(signal);
  });

const write = (side: Side, text: string): Promise<OwnPost> =>
  as(side, ({ store }) => store.write(newPost('nasional', 'cerita', text)));

const read = async (side: Side, id: string): Promise<OwnPost | undefined> =>
  as(side, async ({ store }) => (await store.ownItem<OwnPost>(id))?.doc);

const texts = async (side: Side, id: string): Promise<string[]> =>
  ((await read(side, id))?.body.versions ?? []).map(({ text }) => text).sort();

const setAside = (side: Side) => as(side, ({ store }) => store.setAside());

async function edit(side: Side, id: string, text: string, more: object = {}): Promise<void> {
  const doc = await read(side, id);
  if (!doc) throw new Error('it is not there');
  await as(side, ({ store }) => store.write({ ...rewrite(doc, text), ...more }));
  await round(side);
}

/** Two devices of one person, two schemas of posts apart. */
async function sides() {
  const server = new FakeServer();
  const old: Side = { device: await someDevice(server), schema: 1 };
  const young: Side = { device: await someDevice(server), schema: 3 };
  return { server, old, young };
}

/** A post that both have, then edited by the newer app. */
async function newerEdit() {
  const { server, old, young } = await sides();
  const { _id } = await write(old, 'awal');
  await round(old);
  await round(young);
  expect((await read(young, _id))?.schema).toBe(3);
  await edit(young, _id, 'dari aplikasi baru', { room: 'aula' });
  await round(old);
  expect(await texts(old, _id)).toEqual(['awal']);
  expect(await setAside(old)).toEqual([{ source: 'own', id: _id, reason: 'newer-schema' }]);
  return { server, old, young, _id };
}

/** The same place on the same browser, opened by the newer build. */
async function update({ device }: Side, server: FakeServer): Promise<Side> {
  await device.lane.close();
  device.store.close();
  const updated: Side = { schema: 3, device: await reopenDevice(server, device.vault) };
  await as(updated, ({ store }) => readAgain(store, 'build 3'));
  return updated;
}

describe('an app two schemas old', () => {
  test('sets aside what it cannot read, says why, goes on, changes nothing, and reads it once it is updated', async () => {
    const { server, old, young } = await sides();
    const post = await write(young, 'dari masa depan');
    const readable = await write(old, 'dari masa lalu');
    expect([post.schema, readable.schema]).toEqual([3, 1]);
    await round(young);
    await round(old);
    expect(await setAside(old)).toEqual([{ source: 'own', id: post._id, reason: 'newer-schema' }]);
    expect(await as(old, ({ store }) => store.counts())).toEqual({ waiting: 0, refused: 0, setAside: 1 });
    expect(await texts(old, readable._id)).toEqual(['dari masa lalu']);
    await round(young);
    expect(await texts(young, readable._id)).toEqual(['dari masa lalu']);
    const stored = await server.remote.get(post._id, { conflicts: true });
    expect(stored).toEqual({ ...post, _rev: expect.stringMatching(/^1-/) });

    const updated = await update(old, server);
    expect(await setAside(updated)).toEqual([]);
    expect(await texts(updated, post._id)).toEqual(['dari masa depan']);
    expect((await read(updated, readable._id))?.schema).toBe(3);
  });

  test('keeps its edit beside one that it cannot read, and whoever can read both has both', async () => {
    const { server, old, young, _id } = await newerEdit();
    await edit(old, _id, 'dari aplikasi lama');
    expect(await old.device.store.pending()).toEqual([]);
    expect(await texts(old, _id)).toEqual(['dari aplikasi lama']);
    expect(await setAside(old)).toHaveLength(1);

    await round(young);
    expect(await texts(young, _id)).toEqual(['dari aplikasi baru', 'dari aplikasi lama']);
    const stored = await server.remote.get(_id, { conflicts: true });
    expect(stored).toMatchObject({ schema: 3, room: 'aula' });
    expect(stored._conflicts).toBeUndefined();
    await round(old);
    const updated = await update(old, server);
    await round(updated);
    expect(await texts(updated, _id)).toEqual(['dari aplikasi baru', 'dari aplikasi lama']);
  });

  test('merges what it kept beside once it is updated, without another device', async () => {
    const { server, old, _id } = await newerEdit();
    await edit(old, _id, 'dari aplikasi lama');
    const updated = await update(old, server);
    await round(updated);
    expect(await texts(updated, _id)).toEqual(['dari aplikasi baru', 'dari aplikasi lama']);
    const stored = await server.remote.get(_id, { conflicts: true });
    expect(stored).toMatchObject({ schema: 3, room: 'aula' });
    expect(stored._conflicts).toBeUndefined();
  });

  test('removes what it cannot read when the person says so', async () => {
    const { server, old, young, _id } = await newerEdit();
    await as(old, ({ store }) => store.discard(_id));
    await round(old);
    expect(await setAside(old)).toEqual([]);
    await expect(server.remote.get(_id)).rejects.toMatchObject({ status: 404 });
    await round(young);
    expect(await read(young, _id)).toBeUndefined();
  });
});
