import { expect, it } from 'vitest';
import { newPost, rewrite } from '$lib/domain/documents/compose';
import { docId, newEdit, uuidv7 } from '$lib/domain/ids';
import { sealBody } from '$lib/sync/parcels/seal';
import { readKeys } from '$lib/sync/parcels/keys';
import { sealUnsent } from '$lib/sync/parcels/unsent';
import { openParcelWorld, type ParcelWorld } from '../support/parcel-world.ts';
import { someBody } from '../support/parcels.ts';
import { describeContract } from './server.ts';

type Device = Awaited<ReturnType<ParcelWorld['addDevice']>>;

async function sealed({ store }: Device, leaving = false) {
  const work = await sealUnsent(store, { leaving });
  if (!work) throw new Error('nothing waits');
  return work;
}

/** In which order a parcel and the network bring the same work. */
const ORDERS = ['parcel', 'network', 'parcel, network', 'network, parcel', 'at once'] as const;

describeContract('sealed parcels', (server) => {
  it.each(ORDERS)('deliver exactly once, and the receipt is right: %s', async (order) => {
    const world = await openParcelWorld(server());
    const person = await world.addPerson();
    const device = await world.addDevice(person);
    const { store } = device;
    const channel = world.channelOf(person);
    const old = await store.write(newPost(channel, 'cerita', 'lama'));
    const gone = await store.write(newPost(channel, 'cerita', 'dihapus'));
    await device.push();
    await store.acknowledge([old.edit, gone.edit]);
    await world.courier.idle();

    const fresh = await store.write(newPost(channel, 'cerita', 'baru'));
    const changed = await store.write(rewrite(old, 'lama, diperbaiki'));
    await store.discard(gone._id);
    const { parcel } = await sealed(device);
    const bring = async () =>
      expect(await world.parcels.accept(parcel)).toMatchObject({ state: 'arrived', unmerged: 0 });
    if (order === 'at once') await Promise.all([bring(), device.push(), bring()]);
    else for (const way of order.split(', ')) await (way === 'parcel' ? bring() : device.push());
    await world.courier.idle();

    const copies = await world.copies(person);
    expect(copies.map(({ _id, text }) => [_id, text]).sort()).toEqual(
      [
        [fresh._id, 'baru'],
        [changed._id, 'lama, diperbaiki']
      ].sort()
    );
    for (const { _id, edit } of [fresh, changed])
      expect(await world.receipt(person, _id)).toMatchObject({ status: 'delivered', edit });
    const living = (await world.leaves(person, gone._id)).filter((leaf) => !leaf._deleted);
    expect(living).toEqual([]);
  });

  it('are merged with what another device wrote meanwhile: both texts stay', async () => {
    const world = await openParcelWorld(server());
    const person = await world.addPerson();
    const [kiosk, phone] = [await world.addDevice(person), await world.addDevice(person)];
    const post = await kiosk.store.write(newPost(world.channelOf(person), 'cerita', 'awal'));
    await kiosk.push();
    await kiosk.store.acknowledge([post.edit]);
    await phone.store.write(rewrite(post, 'dari ponsel'));
    await kiosk.store.write(rewrite(post, 'dari kios'));
    const { parcel } = await sealed(kiosk);
    await phone.push();
    await world.parcels.accept(parcel);
    const [leaf, ...others] = (await world.leaves(person, post._id)).filter((one) => !one._deleted);
    expect(others).toEqual([]);
    for (const text of ['dari ponsel', 'dari kios']) expect(JSON.stringify(leaf)).toContain(text);
  });

  it('say when they come again, are heard of once, and end the session of who left', async () => {
    const world = await openParcelWorld(server());
    const person = await world.addPerson();
    const device = await world.addDevice(person);
    await device.store.write(newPost(world.channelOf(person), 'cerita', 'pergi'));
    const { parcel, number } = await sealed(device, true);
    expect(await world.parcels.status(number)).toEqual({ state: 'unknown' });
    expect(await world.parcels.accept(parcel)).toMatchObject({ state: 'arrived', again: false });
    expect(await world.parcels.accept(parcel)).toMatchObject({ state: 'arrived', again: true });
    expect(await world.parcels.status(number)).toMatchObject({ state: 'arrived', unmerged: 0 });
    expect(world.arrived).toEqual([{ person: person.id, edits: 1 }]);
    expect(await world.sessions.signer(device.session)).toMatchObject({ _deleted: true });
  });

  it('arrive although their session has ended, unless the device was reported lost', async () => {
    const world = await openParcelWorld(server());
    const person = await world.addPerson();
    const [left, lost] = [await world.addDevice(person), await world.addDevice(person)];
    for (const { store } of [left, lost]) await store.write(newPost(world.channelOf(person), 'cerita', 'terlambat'));
    await world.sessions.end(left.session);
    await world.sessions.end(lost.session, 'lost');
    expect(await world.parcels.accept((await sealed(left)).parcel)).toMatchObject({ state: 'arrived' });
    const { parcel, number } = await sealed(lost);
    expect(await world.parcels.accept(parcel)).toEqual({ state: 'refused', reason: 'lost-device' });
    expect(await world.parcels.status(number)).toMatchObject({ state: 'refused', reason: 'lost-device' });
    await world.courier.idle();
    expect(await world.copies(person)).toHaveLength(1);
  });

  it('write what the person may write and nothing else, and keep what this server cannot read yet', async () => {
    const world = await openParcelWorld(server());
    const person = await world.addPerson();
    const device = await world.addDevice(person);
    const keys = await readKeys(device.store);
    if (!keys) throw new Error('no keys');
    const edit = newEdit();
    const receipt = { _id: docId('record', person.id), type: 'record', edit, fields: {} };
    const poll = { _id: docId('poll', uuidv7()), type: 'poll', schema: 1, edit, question: 'Kapan?' };
    const body = { ...someBody(device.session), edits: [receipt, poll] };
    const parcel = await sealBody(body, keys);
    const again = await sealBody({ ...body, number: someBody(device.session).number }, keys);
    for (const one of [parcel, again])
      expect(await world.parcels.accept(one)).toMatchObject({ state: 'arrived', unmerged: 1 });
    expect(await world.leaves(person, poll._id)).toMatchObject([{ question: 'Kapan?' }]);
    await world.courier.idle();
    expect(await world.receipt(person, poll._id)).toMatchObject({ status: 'refused', reason: 'unknown-type' });
  });
});
