import fc from 'fast-check';
import { expect, it } from 'vitest';
import { channelDatabase, directoryDatabase, officeDatabase, personDatabase } from '../../src/lib/domain/databases.ts';
import { newPost, rewrite } from '$lib/domain/documents/compose';
import { fromBase64url, toBase64url } from '$lib/domain/parcel/base64url';
import { isReply } from '$lib/domain/parcel/reply';
import { keyIdOf, suite } from '$lib/domain/parcel/suite';
import { someStore } from '$lib/store/testing/fixtures';
import { readFreshAt, readFreshSources } from '$lib/sync/fresh';
import { entrustUnsent } from '$lib/sync/parcels/entrust';
import { readKeys } from '$lib/sync/parcels/keys';
import { openReply } from '$lib/sync/parcels/open-reply';
import { receiveReply } from '$lib/sync/parcels/receive';
import { keepReplyKey } from '$lib/sync/parcels/reply-keys';
import { sealBody } from '$lib/sync/parcels/seal';
import { openParcelWorld, type ParcelWorld } from '../support/parcel-world.ts';
import { someBody, someServerKeys } from '../support/parcels.ts';
import { describeContract, type TestServer } from './server.ts';

type Bytes = Uint8Array<ArrayBuffer>;
type Device = Awaited<ReturnType<ParcelWorld['addDevice']>>;
type Store = Device['store'];

/** A traveller without a signal, and a colleague in her channel who has one. */
async function openVillage(server: TestServer) {
  const world = await openParcelWorld(server);
  const traveller = await world.addPerson();
  const channel = world.channelOf(traveller);
  const [device, colleague] = [await world.addDevice(traveller), await world.addDevice(await world.addPerson(channel))];
  await device.learn();

  async function hears(...texts: string[]) {
    const posts = [];
    for (const text of texts) posts.push(await colleague.store.write(newPost(channel, 'cerita', text)));
    await colleague.push();
    await world.courier.idle();
    return posts;
  }
  /** The traveller writes and entrusts; the answer is what she was given to carry. */
  async function entrust(text: string) {
    await device.store.write(newPost(channel, 'cerita', text));
    const work = await entrustUnsent(device.store);
    if (!work) throw new Error('nothing waits');
    return work;
  }
  async function replyTo(parcel: Bytes, enough?: number): Promise<Bytes> {
    const answer = await world.parcels.accept(parcel);
    expect(answer).toMatchObject({ state: 'arrived' });
    const reply = await world.replyTo(parcel, { enough });
    if (!reply) throw new Error('nothing came back');
    return reply;
  }
  return { world, traveller, channel, device, store: device.store, colleague, hears, entrust, replyTo };
}

const texts = async (store: Store): Promise<string[]> =>
  (await store.feedPage({ limit: 100 })).entries.map(({ text }) => text).sort();

const mine = async (store: Store) =>
  (await store.feedPage({ limit: 100 })).entries.flatMap(({ own }) => (own ? [own.state.kind] : []));

describeContract('news that come back for a parcel', (server) => {
  it('are on the device of its author as if the network had brought them, with what became of her work', async () => {
    const { store, hears, entrust, replyTo } = await openVillage(server());
    await hears('Air sumur kembali jernih.');
    const sealedAt = Date.now();
    const { parcel } = await entrust('Jalan ke puskesmas putus.');
    expect(await mine(store)).toEqual(['waiting']);
    const reply = await replyTo(parcel);
    expect(isReply(reply)).toBe(true);

    expect(await receiveReply(store, reply)).toMatchObject({ state: 'taken', isWhole: true });
    expect(await texts(store)).toEqual(['Air sumur kembali jernih.', 'Jalan ke puskesmas putus.']);
    expect(await mine(store)).toEqual(['delivered']);
    expect(await store.counts()).toMatchObject({ waiting: 0, refused: 0, setAside: 0 });
    // Until the server has answered herself, her edit is not let go of.
    expect(await store.pending()).toHaveLength(1);
    expect(await readFreshAt(store)).toBeGreaterThanOrEqual(sealedAt);
    expect(await readFreshAt(store)).toBeLessThanOrEqual(Date.now());
  });

  it('go on where they ended, in whatever order they come, and never back', async () => {
    const { store, colleague, hears, entrust, replyTo, world } = await openVillage(server());
    const [post] = await hears('awal');
    if (!post) throw new Error('nothing was written');
    await receiveReply(store, await replyTo((await entrust('satu')).parcel));
    const [one, other] = [await entrust('dua'), await entrust('tiga')];
    await hears('kedua');
    const early = await replyTo(one.parcel);
    await colleague.store.write(rewrite(post, 'awal, diperbaiki'));
    await colleague.push();
    await world.courier.idle();
    const late = await replyTo(other.parcel);

    expect(await receiveReply(store, early)).toMatchObject({ state: 'taken' });
    expect(await texts(store)).toEqual(['awal', 'dua', 'kedua', 'satu', 'tiga']);
    expect(await receiveReply(store, late)).toMatchObject({ state: 'taken' });
    const now = await texts(store);
    expect(now).toEqual(['awal, diperbaiki', 'dua', 'kedua', 'satu', 'tiga']);
    const fresh = await readFreshAt(store);
    for (const again of [early, late]) expect(await receiveReply(store, again)).toEqual({ state: 'old' });
    expect(await texts(store)).toEqual(now);
    expect(await readFreshAt(store)).toBe(fresh);
  });

  it('end where they become too many, and the next ones go on from there', async () => {
    const { store, hears, entrust, replyTo, channel } = await openVillage(server());
    await hears('awal');
    await receiveReply(store, await replyTo((await entrust('satu')).parcel));
    const long = (at: number) => `${at} ${toBase64url(crypto.getRandomValues(new Uint8Array(1_400)))}`;
    await hears(...Array.from({ length: 30 }, (_, at) => long(at)));
    const first = await replyTo((await entrust('dua')).parcel, 10_000);
    const before = await readFreshSources(store);
    expect(await receiveReply(store, first)).toMatchObject({ state: 'taken', isWhole: false });
    const some = (await texts(store)).length;
    expect(some).toBeGreaterThan(3);
    expect(some).toBeLessThan(32);
    expect(await readFreshSources(store)).toEqual(before);
    const rest = await replyTo((await entrust('tiga')).parcel);
    expect(await receiveReply(store, rest)).toMatchObject({ state: 'taken', isWhole: true });
    expect(await texts(store)).toHaveLength(34);
    expect((await readFreshSources(store))[channelDatabase(channel)]).toBeGreaterThan(0);
  });

  it('are what she may follow at that moment, and nobody who left or lost a device gets any', async () => {
    const { world, traveller, channel, device, store, hears, entrust, replyTo } = await openVillage(server());
    await hears('rahasia desa');
    const keys = await readKeys(store);
    const stranger = await world.addPerson();
    if (!keys) throw new Error('no keys');
    const { publicKey, privateKey } = await suite().kem.generateKeyPair();
    const key = toBase64url(new Uint8Array(await suite().kem.serializePublicKey(publicKey)));
    const names = [
      channelDatabase(channel),
      channelDatabase(world.channelOf(stranger)),
      directoryDatabase('dinas-kesehatan'),
      officeDatabase(traveller.agency),
      personDatabase(stranger.id),
      'registry'
    ];
    const body = { ...someBody(device.session), reply: { key, sources: names.map((name) => ({ name })) } };
    const asked = await sealBody(body, keys);
    expect(await world.replyTo(asked)).toBeUndefined();
    // An officer may read her office by the network, where it is noted.
    const officer = { ...traveller, roles: [...traveller.roles, 'officer' as const] };
    await world.registry.addPersons([{ person: officer, passwordHash: '' }]);
    const answer = await replyTo(asked);
    const id = toBase64url(await keyIdOf(fromBase64url(key)));
    const secret = toBase64url(new Uint8Array(await suite().kem.serializePrivateKey(privateKey)));
    await keepReplyKey(store, { id, secret, server: keys.server, at: 0 });
    const { head } = await openReply(answer, store);
    expect(head.sources.map((source) => source.name)).toEqual([channelDatabase(channel)]);

    const { parcel, number } = await entrust('pindah tugas');
    await world.registry.addPersons([{ person: { ...traveller, channels: [] }, passwordHash: '' }]);
    const opened = await openReply(await replyTo(parcel), store);
    expect(opened.head.sources.map((source) => source.name)).not.toContain(channelDatabase(channel));
    expect(JSON.stringify(opened.rows)).not.toContain('rahasia');
    expect(await world.parcels.accept(parcel)).toMatchObject({ again: true, reply: number.slice(0, 6) });

    await world.sessions.end(device.session);
    expect(await world.parcels.accept(parcel)).not.toHaveProperty('reply');
    expect(await world.replyTo(parcel)).toBeUndefined();
    const lost = await world.addDevice(traveller);
    await lost.learn();
    await lost.store.write(newPost(channel, 'cerita', 'hilang'));
    const work = await entrustUnsent(lost.store);
    await world.sessions.end(lost.session, 'lost');
    await expect(world.replyTo(work?.parcel ?? parcel)).rejects.toMatchObject({ reason: 'lost-device' });
  });

  it('are opened where they were asked for, whole, unchanged and from this server alone', async () => {
    const { world, store, hears, entrust, replyTo } = await openVillage(server());
    await hears('utuh');
    const { parcel } = await entrust('satu');
    const reply = await replyTo(parcel);
    const refused = (bytes: Bytes) =>
      expect(receiveReply(store, bytes)).rejects.toMatchObject({
        reason: expect.stringMatching(/^(not-a-parcel|newer|damaged|foreign)$/)
      });
    for (let at = 0; at < 60; at += 1) await refused(reply.with(at, (reply[at] ?? 0) ^ 128));
    await fc.assert(
      fc.asyncProperty(fc.nat(reply.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        await refused(reply.with(at, (reply[at] ?? 0) ^ change));
        await refused(reply.slice(0, at));
      }),
      { numRuns: 40 }
    );
    await refused(new Uint8Array([...reply, 0]));
    await expect(receiveReply(store, parcel)).rejects.toMatchObject({ reason: 'not-a-parcel' });
    const foreign = (await someStore()).store;
    await expect(receiveReply(foreign, reply)).rejects.toMatchObject({ reason: 'foreign' });

    // Who knows her key, but not the server's, cannot tell her anything.
    const others = await someServerKeys();
    const theirs = await others.byId(await keyIdOf(fromBase64url(await others.newest())));
    let asked = 0;
    const byId = (id: Uint8Array) => ((asked += 1) === 1 ? world.keys.byId(id) : Promise.resolve(theirs));
    const forged = await world.replyTo(parcel, { keys: { ...world.keys, byId } });
    if (!forged) throw new Error('nothing was forged');
    await expect(receiveReply(store, forged)).rejects.toMatchObject({ reason: 'damaged' });
    expect(await texts(store)).toEqual(['satu']);
    expect(await receiveReply(store, reply)).toMatchObject({ state: 'taken' });
    expect(await texts(store)).toEqual(['satu', 'utuh']);
  });
});
