import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { Dexie } from 'dexie';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Derive } from './kdf';
import { PasskeyRefused, PinRefused } from './types';
import { createVaults, type Vaults } from './vault';

const PIN = '739164';
const WRONG = '739165';
const cost = { memory: 8, passes: 1, lanes: 1 };
const random = () => crypto.getRandomValues(new Uint8Array(32));
const bytes = (text: string) => new TextEncoder().encode(text);
const refusal = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);

/** Stands in for Argon2id: as sensitive to PIN and salt, without its cost. */
const derive: Derive = async ({ pin, salt }) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array([...salt, ...bytes(pin)])));

let now: number;
let vaults: Vaults;
const open = () => createVaults({ derive, cost, now: () => now });

beforeEach(() => {
  Dexie.dependencies.indexedDB = globalThis.indexedDB = new IDBFactory();
  now = 1_000_000;
  vaults = open();
});
afterEach(() => vaults.close());

/** A place that a passkey opens, and something sealed in it. */
async function withPasskey() {
  const { slot, seal } = await vaults.createSlot(PIN);
  const sealed = await seal(bytes('halo'), 'c');
  const passkey = { credential: random(), salt: random() };
  const answer = random();
  await vaults.addPasskey(slot.id, PIN, passkey, answer);
  return { slot, sealed, passkey, answer };
}

test('a passkey opens what the PIN opens, also after a restart, and the PIN still does', async () => {
  const { slot, sealed, passkey, answer } = await withPasskey();
  vaults.close();
  vaults = open();
  expect(await vaults.listSlots()).toEqual([{ ...slot, passkey }]);
  for (const proof of [answer, PIN]) {
    const vault = await vaults.openVault(slot.id, proof);
    expect(await vault.unseal(sealed, 'c')).toEqual(bytes('halo'));
  }
});

test('another answer opens nothing, nor the right one for another place', async () => {
  const { slot, answer } = await withPasskey();
  const other = await withPasskey();
  for (const wrong of [random(), other.answer, answer.slice(0, 31)])
    expect(await refusal(vaults.openVault(slot.id, wrong))).toBeInstanceOf(PasskeyRefused);
  const db = await new Dexie('smartasn-vault').open();
  const { passkey } = await db.table('slots').get(slot.id);
  await db.table('slots').update(other.slot.id, { passkey });
  expect(await refusal(vaults.openVault(other.slot.id, answer))).toBeInstanceOf(PasskeyRefused);
  db.close();
});

test('a place of which nobody said so is opened by no passkey', async () => {
  const { slot } = await vaults.createSlot(PIN);
  expect(slot).not.toHaveProperty('passkey');
  expect(await refusal(vaults.openVault(slot.id, random()))).toBeInstanceOf(PasskeyRefused);
});

test('only who knows the PIN lets a passkey in, and her tries are counted', async () => {
  const { slot } = await vaults.createSlot(PIN);
  const passkey = { credential: random(), salt: random() };
  for (let tries = 0; tries < 4; tries += 1)
    expect(await refusal(vaults.addPasskey(slot.id, WRONG, passkey, random()))).toBeInstanceOf(PinRefused);
  expect(await refusal(vaults.addPasskey(slot.id, PIN, passkey, random()))).toMatchObject({ reason: 'too-soon' });
  expect((await vaults.listSlots())[0]).not.toHaveProperty('passkey');
});

test('wrong PINs delay the PIN as before, whatever a passkey does', async () => {
  const { slot, answer } = await withPasskey();
  for (let tries = 0; tries < 4; tries += 1) await refusal(vaults.openVault(slot.id, WRONG));
  await vaults.openVault(slot.id, answer);
  expect(await refusal(vaults.openVault(slot.id, PIN))).toEqual(new PinRefused('too-soon', now + 5_000));
  for (let tries = 0; tries < 20; tries += 1) await refusal(vaults.openVault(slot.id, random()));
  expect(await vaults.listSlots()).toMatchObject([{ retryAt: now + 5_000 }]);
});

test('a place opened by a passkey was opened', async () => {
  const { slot, answer } = await withPasskey();
  now += 86_400_000;
  expect((await vaults.openVault(slot.id, answer)).slot.openedAt).toBe(now);
  expect(await vaults.listSlots()).toMatchObject([{ openedAt: now }]);
});

test('a passkey that was removed, or followed by another, opens nothing; a new PIN changes nothing for it', async () => {
  const { slot, sealed, passkey, answer } = await withPasskey();
  await vaults.changePin(slot.id, PIN, 'kopi wamena pagi');
  expect(await (await vaults.openVault(slot.id, answer)).unseal(sealed, 'c')).toEqual(bytes('halo'));
  const second = random();
  await vaults.addPasskey(slot.id, 'kopi wamena pagi', { ...passkey, salt: random() }, second);
  expect(await refusal(vaults.openVault(slot.id, answer))).toBeInstanceOf(PasskeyRefused);
  await vaults.openVault(slot.id, second);
  await vaults.removePasskey(slot.id);
  expect(await refusal(vaults.openVault(slot.id, second))).toBeInstanceOf(PasskeyRefused);
  expect((await vaults.listSlots())[0]).not.toHaveProperty('passkey');
});

test('a place that is being destroyed loses both wraps of its key before anything else', async () => {
  const { slot, answer } = await withPasskey();
  const busy = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open(`smartasn-${slot.id}`);
    request.onsuccess = () => resolve(request.result);
  });
  await vaults.destroySlot(slot.id);
  const db = await new Dexie('smartasn-vault').open();
  const row: unknown = await db.table('slots').get(slot.id);
  expect(row).toMatchObject({ id: slot.id });
  expect(row).not.toHaveProperty('wrapped');
  expect(row).not.toHaveProperty('passkey');
  expect(await refusal(vaults.openVault(slot.id, answer))).toBeInstanceOf(PasskeyRefused);
  busy.close();
  db.close();
});

test('a guest has her PIN alone', async () => {
  vi.stubGlobal('navigator', { locks: { request: (_: string, work: () => unknown) => Promise.resolve(work()) } });
  const { slot } = await vaults.createSlot(PIN, 'guest');
  const passkey = { credential: random(), salt: random() };
  await expect(vaults.addPasskey(slot.id, PIN, passkey, random())).rejects.toThrow('never written');
  vi.unstubAllGlobals();
});
