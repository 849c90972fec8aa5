import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase64url, toBase64url } from '$lib/domain/parcel/base64url';
import { keyIdOf, suite } from '$lib/domain/parcel/suite';
import { someStore } from '$lib/store/testing/fixtures';
import { sealBody } from '$lib/sync/parcels/seal';
import { openReply } from '$lib/sync/parcels/open-reply';
import { keepReplyKey } from '$lib/sync/parcels/reply-keys';
import { openParcel } from '../../server/parcels/open.ts';
import { packReply, sealReply } from '../../server/parcels/seal-reply.ts';
import { someBody, someDevice, someServerKeys } from '../support/parcels.ts';

/** A sealed parcel with what is needed to open it. */
async function sealed() {
  const keys = await someServerKeys();
  const device = await someDevice(keys);
  const body = someBody(device.session);
  return { keys, device, body, parcel: await sealBody(body, device) };
}

test('what was sealed is opened, with its author', async () => {
  const { keys, device, body, parcel } = await sealed();
  expect(await openParcel(parcel, keys, async () => device.signer)).toEqual({ person: device.signer.person, body });
});

test('any bit that changes, and any byte that is missing or too many, is refused', async () => {
  const { keys, device, parcel } = await sealed();
  const open = (bytes: Uint8Array<ArrayBuffer>) => openParcel(bytes, keys, async () => device.signer);
  const refused = (bytes: Uint8Array<ArrayBuffer>) =>
    expect(open(bytes)).rejects.toMatchObject({
      reason: expect.stringMatching(/^(not-a-parcel|newer|damaged|foreign)$/)
    });
  for (let at = 0; at < 60; at += 1) await refused(parcel.with(at, (parcel[at] ?? 0) ^ 128));
  await fc.assert(
    fc.asyncProperty(fc.nat(parcel.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
      await refused(parcel.with(at, (parcel[at] ?? 0) ^ change));
      await refused(parcel.slice(0, at));
    })
  );
  await refused(new Uint8Array([...parcel, 0]));
});

test("another server's key does not open it, and its own opens it after a rotation", async () => {
  const { keys, device, parcel } = await sealed();
  const foreign = await someServerKeys();
  await foreign.newest();
  await expect(openParcel(parcel, foreign, async () => device.signer)).rejects.toMatchObject({ reason: 'foreign' });
  await keys.rotate();
  expect(await keys.newest()).not.toBe(device.server);
  expect((await openParcel(parcel, keys, async () => device.signer)).person).toBe(device.signer.person);
});

test('who sends is known by the signature alone', async () => {
  const { keys, device, parcel } = await sealed();
  const other = await someDevice(keys);
  const open = (signer: Parameters<typeof openParcel>[2]) => openParcel(parcel, keys, signer);
  await expect(open(async () => other.signer)).rejects.toMatchObject({ reason: 'forged' });
  await expect(open(async () => undefined)).rejects.toMatchObject({ reason: 'unknown-device' });
  const lost = { ...device.signer, lostAt: new Date().toISOString() };
  await expect(open(async () => lost)).rejects.toMatchObject({ reason: 'lost-device' });
});

test('a parcel shows nothing of who wrote what, and its size does not tell one line from ten', async () => {
  const keys = await someServerKeys();
  const device = await someDevice(keys);
  const short = await sealBody(someBody(device.session, ['Ya.']), device);
  const long = await sealBody(someBody(device.session, ['Air sumur kembali jernih setelah hujan.']), device);
  expect(short.length).toBe(long.length);
  const text = new TextDecoder('latin1').decode(long);
  for (const word of [device.session, device.signer.person, 'jernih', 'post:']) expect(text).not.toContain(word);
});

const rowsIn = fc.array(fc.tuple(fc.constant('d'), fc.nat(3), fc.record({ _id: fc.string(), text: fc.string() })));

test('whatever comes back is opened as it was packed; what is too much ends with a whole portion', async () => {
  const { store } = await someStore();
  const keys = await someServerKeys();
  const server = await keys.newest();
  const senderKey = await keys.byId(await keyIdOf(fromBase64url(server)));
  const { kem } = suite();
  const pair = await kem.generateKeyPair();
  const key = toBase64url(new Uint8Array(await kem.serializePublicKey(pair.publicKey)));
  const secret = toBase64url(new Uint8Array(await kem.serializePrivateKey(pair.privateKey)));
  await keepReplyKey(store, { id: toBase64url(await keyIdOf(fromBase64url(key))), secret, server, at: 0 });
  if (!senderKey) throw new Error('no key');
  await fc.assert(
    fc.asyncProperty(fc.array(rowsIn), fc.integer({ min: 1, max: 2_000 }), async (portions, enough) => {
      const head = { at: new Date().toISOString(), sources: [{ name: 'catalogue', checkpoint: '' }], receipts: [] };
      const texts = portions.map((rows) => rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
      const packed = await packReply(
        head,
        (async function* () {
          yield* texts;
        })(),
        enough
      );
      const opened = await openReply(await sealReply(packed, key, senderKey), store);
      expect(opened.head).toEqual(head);
      const last = opened.rows.at(-1);
      const isWhole = Array.isArray(last) && last[0] === 'e';
      const all = portions.flat();
      const got = isWhole ? opened.rows.slice(0, -1) : opened.rows;
      expect(got).toEqual(all.slice(0, got.length));
      if (isWhole) expect(got).toHaveLength(all.length);
      else expect(portions.map((_, at) => portions.slice(0, at + 1).flat().length)).toContain(got.length);
    }),
    { numRuns: 50 }
  );
});
