import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OwnPost } from '$lib/domain/documents/post';
import { timeOfUuid, uuidv7 } from '$lib/domain/ids';
import { currentText } from '$lib/domain/merge/text-register';
import { edited, ownPost, ownReaction, receiptOf } from '$lib/store/testing/fixtures';
import { someDevice, type Device } from '../testing/device';
import { FakeServer } from '../testing/fake-server';

const textOf = async (device: Device, id: string): Promise<string[]> =>
  ((await device.store.ownItem<OwnPost>(id))?.doc.body.versions ?? []).map(({ text }) => text).sort();

/** Syncs the devices in turn until none has anything to send. */
async function settleAll(devices: Device[]): Promise<void> {
  for (let round = 0; round < 6; round += 1) {
    for (const { lane, signal } of devices) {
      await lane.pull(signal);
      await lane.push(signal);
    }
  }
  for (const { lane } of devices) expect(await lane.hasWork()).toBe(false);
}

/** The revision to write upon, if the server has the document. */
const revisionOf = async (server: FakeServer, id: string): Promise<{ _rev?: string }> =>
  server.remote.get(id).then(
    ({ _rev }) => ({ _rev }),
    () => ({})
  );

async function twoWithOnePost() {
  const server = new FakeServer();
  const a = await someDevice(server);
  const b = await someDevice(server);
  const post = await a.store.write(ownPost('awal'));
  await settleAll([a, b]);
  return { server, a, b, post };
}

test('both texts of two devices that edited one post apart are kept, everywhere the same', async () => {
  const { server, a, b, post } = await twoWithOnePost();
  await a.store.write(edited(post, 'dari ponsel'));
  await b.store.write(edited(post, 'dari komputer'));
  await settleAll([a, b]);
  expect(await textOf(a, post._id)).toEqual(['dari komputer', 'dari ponsel']);
  expect(await textOf(b, post._id)).toEqual(['dari komputer', 'dari ponsel']);
  const doc = await server.remote.get(post._id, { conflicts: true });
  expect(doc._conflicts).toBeUndefined();
  expect(JSON.stringify(doc)).toContain('dari ponsel');
});

test('two devices that merge the same conflict at the same time come to rest', async () => {
  const { server, a, b, post } = await twoWithOnePost();
  await a.store.write(edited(post, 'x'));
  await b.store.write(edited(post, 'y'));
  await Promise.all([a.lane.push(a.signal), b.lane.push(b.signal)]);
  await Promise.all([a.lane.pull(a.signal), b.lane.pull(b.signal)]);
  await Promise.all([a.lane.push(a.signal), b.lane.push(b.signal)]);
  await settleAll([a, b]);
  expect((await server.remote.get(post._id, { conflicts: true }))._conflicts).toBeUndefined();
  expect(await textOf(a, post._id)).toEqual(await textOf(b, post._id));
});

test('a receipt for one text says nothing about the merge that holds the other as well', async () => {
  const { server, a, b, post } = await twoWithOnePost();
  const here = await a.store.write(edited(post, 'x'));
  const there = await b.store.write(edited(post, 'y'));
  await settleAll([a]);
  for (const doc of [here, there]) {
    const receipt = receiptOf(doc, Date.now());
    await server.remote.put({ ...receipt, ...(await revisionOf(server, receipt._id)) });
  }
  await settleAll([b, a]);
  for (const { store } of [a, b]) {
    const item = await store.ownItem<OwnPost>(post._id);
    expect(item?.doc.body.versions).toHaveLength(2);
    expect(item?.state).toEqual({ kind: 'sent' });
  }
});

test('a removal and a later edit of another device: the edit wins', async () => {
  const { a, b, post } = await twoWithOnePost();
  await a.store.discard(post._id);
  await b.store.write({ ...edited(post, 'masih perlu'), edit: uuidv7(Date.now() + 60_000) });
  await settleAll([a, b]);
  expect(await textOf(a, post._id)).toEqual(['masih perlu']);
  expect(await textOf(b, post._id)).toEqual(['masih perlu']);
});

test('a removal after an edit of another device removes it everywhere', async () => {
  const { server, a, b, post } = await twoWithOnePost();
  await b.store.write({ ...edited(post, 'sebentar'), edit: uuidv7(timeOfUuid(post.edit) + 1) });
  await a.store.discard(post._id);
  await settleAll([a, b]);
  expect(await a.store.ownItem(post._id)).toBeUndefined();
  expect(await b.store.ownItem(post._id)).toBeUndefined();
  await expect(server.remote.get(post._id)).rejects.toMatchObject({ status: 404 });
});

test('reactions of two devices to one post become one document with the newer choice', async () => {
  const { a, b, post } = await twoWithOnePost();
  const first = await a.store.write(ownReaction(post._id, 'suka'));
  await b.store.write(ownReaction(post._id, 'bermanfaat'));
  await settleAll([a, b]);
  expect(await a.store.ownItem(first._id)).toMatchObject({ doc: { kind: 'bermanfaat' } });
  expect(await b.store.ownItem(first._id)).toMatchObject({ doc: { kind: 'bermanfaat' } });
});

test(
  'random edits, pushes and pulls on two devices end in equal replicas that lost no text',
  { timeout: 60_000 },
  async () => {
    const step = fc.record({ device: fc.nat(1), kind: fc.constantFrom('write', 'write', 'push', 'pull') });
    const run = fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const { server, a, b, post } = await twoWithOnePost();
      const devices = [a, b];
      let count = 0;
      for (const { device, kind } of steps) {
        const one = devices[device] as Device;
        if (kind === 'push') await one.lane.push(one.signal);
        if (kind === 'pull') await one.lane.pull(one.signal);
        if (kind !== 'write') continue;
        const item = await one.store.ownItem<OwnPost>(post._id);
        if (item) await one.store.write(edited(item.doc, `${currentText(item.doc.body)} ${(count += 1)}`));
      }
      await settleAll(devices);
      expect(await textOf(a, post._id)).toEqual(await textOf(b, post._id));
      expect((await server.remote.get(post._id, { conflicts: true }))._conflicts).toBeUndefined();
      const words = (await textOf(a, post._id)).join(' ').split(' ');
      for (let word = 1; word <= count; word += 1) expect(words).toContain(String(word));
    });
    await fc.assert(run, { numRuns: 12, seed: 20_260_301 });
  }
);
