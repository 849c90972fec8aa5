import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sealBody } from '$lib/sync/parcels/seal';
import { openParcel } from '../../server/parcels/open.ts';
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
