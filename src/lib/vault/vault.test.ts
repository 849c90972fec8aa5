import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { Dexie } from 'dexie';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Derive } from './kdf';
import { LIFE, lifeLeft } from './life';
import { PinRefused } from './types';
import { createVaults, type Vaults } from './vault';

const PIN = '739164';
const WRONG = '739165';
const DAY = 86_400_000;
const cost = { memory: 8, passes: 1, lanes: 1 };

/** Stands in for Argon2id: as sensitive to PIN and salt, without its cost. */
const derive: Derive = async ({ pin, salt }) => {
  const text = new TextEncoder().encode(pin);
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array([...salt, ...text])));
};

let now: number;
let vaults: Vaults;
const open = (change: { derive?: Derive } = {}) => createVaults({ derive, cost, now: () => now, ...change });
const bytes = (text: string) => new TextEncoder().encode(text);
const refusal = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);

beforeEach(() => {
  Dexie.dependencies.indexedDB = globalThis.indexedDB = new IDBFactory();
  now = 1_000_000;
  vaults = open();
});
afterEach(() => vaults.close());

test('what was sealed before a restart opens after it, with the PIN', async () => {
  const first = await vaults.createSlot(PIN);
  const sealed = await first.seal(bytes('halo'), 'c');
  vaults.close();
  vaults = open();
  const [slot] = await vaults.listSlots();
  expect(slot).toEqual(first.slot);
  const again = await vaults.openVault(first.slot.id, PIN);
  expect(await again.unseal(sealed, 'c')).toEqual(bytes('halo'));
  expect(await again.blind('x')).toBe(await first.blind('x'));
});

test('a weak PIN is refused before anything is stored', async () => {
  await expect(vaults.createSlot('123456')).rejects.toThrow('too-simple');
  expect(await vaults.listSlots()).toEqual([]);
});

test('two slots are two keys and two pictures', async () => {
  const a = await vaults.createSlot(PIN);
  const b = await vaults.createSlot(PIN);
  const sealed = await a.seal(bytes('halo'), 'c');
  await expect(b.unseal(sealed, 'c')).rejects.toThrow();
  expect(b.slot.label).not.toEqual(a.slot.label);
});

test('wrong PINs cost growing time, early tries are refused without a derivation, success starts again', async () => {
  const { slot } = await vaults.createSlot(PIN);
  for (let i = 0; i < 3; i += 1) {
    expect(await refusal(vaults.openVault(slot.id, WRONG))).toMatchObject({ reason: 'wrong', retryAt: 0 });
  }
  expect(await refusal(vaults.openVault(slot.id, WRONG))).toMatchObject({ reason: 'wrong', retryAt: now + 5_000 });
  expect(await vaults.listSlots()).toMatchObject([{ retryAt: now + 5_000 }]);

  vaults.close();
  const counting = vi.fn(derive);
  vaults = open({ derive: counting });
  expect(await refusal(vaults.openVault(slot.id, PIN))).toEqual(new PinRefused('too-soon', now + 5_000));
  expect(counting).not.toHaveBeenCalled();

  now += 5_000;
  expect(await refusal(vaults.openVault(slot.id, WRONG))).toMatchObject({ retryAt: now + 15_000 });
  now += 15_000;
  expect((await vaults.openVault(slot.id, PIN)).slot.retryAt).toBe(0);
  expect(await refusal(vaults.openVault(slot.id, WRONG))).toMatchObject({ reason: 'wrong', retryAt: 0 });
});

test('a try counts even when the tab is killed during the derivation', async () => {
  const { slot } = await vaults.createSlot(PIN);
  vaults.close();
  vaults = open({ derive: () => Promise.reject(new Error('killed')) });
  for (let i = 0; i < 4; i += 1) await expect(vaults.openVault(slot.id, WRONG)).rejects.toThrow('killed');
  expect(await refusal(vaults.openVault(slot.id, PIN))).toMatchObject({ reason: 'too-soon', retryAt: now + 5_000 });
});

test('a clock set back by years does not lock a person out', async () => {
  const { slot } = await vaults.createSlot(PIN);
  for (let i = 0; i < 4; i += 1) await refusal(vaults.openVault(slot.id, WRONG));
  now -= 700 * DAY;
  expect(await vaults.listSlots()).toMatchObject([{ retryAt: now + 5_000 }]);
});

test('a new PIN opens the same data, the old one no longer does', async () => {
  const first = await vaults.createSlot(PIN);
  const sealed = await first.seal(bytes('halo'), 'c');
  expect(await refusal(vaults.changePin(first.slot.id, WRONG, 'kopi wamena pagi'))).toBeInstanceOf(PinRefused);
  await vaults.changePin(first.slot.id, PIN, 'kopi wamena pagi');
  expect(await refusal(vaults.openVault(first.slot.id, PIN))).toBeInstanceOf(PinRefused);
  const again = await vaults.openVault(first.slot.id, 'kopi wamena pagi ');
  expect(await again.unseal(sealed, 'c')).toEqual(bytes('halo'));
});

test('a place knows when it was opened last, also when the clock was ahead then', async () => {
  const { slot } = await vaults.createSlot(PIN);
  now += 3 * DAY;
  await vaults.openVault(slot.id, PIN);
  expect(await vaults.listSlots()).toMatchObject([{ openedAt: now }]);
  now -= 2 * DAY;
  expect(await vaults.listSlots()).toMatchObject([{ openedAt: now }]);
  now += LIFE - 1;
  const [left] = await vaults.listSlots();
  expect(left && lifeLeft(left, now)).toBe(1);
});

test('counting begins with the first build that counts', async () => {
  const { slot } = await vaults.createSlot(PIN);
  const db = await new Dexie('smartasn-vault').open();
  await db.table('slots').update(slot.id, { openedAt: undefined });
  db.close();
  now += 3 * LIFE;
  expect(await vaults.listSlots()).toMatchObject([{ openedAt: now }]);
});

test('a name stands with a place only while its owner allows it', async () => {
  const { slot } = await vaults.createSlot(PIN);
  await vaults.nameSlot(slot.id, 'Yohana Wenda');
  expect(await vaults.listSlots()).toMatchObject([{ name: 'Yohana Wenda' }]);
  await vaults.nameSlot(slot.id, undefined);
  expect((await vaults.listSlots())[0]).not.toHaveProperty('name');
});

const makeDatabase = (name: string) =>
  new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error(name));
  });
const names = async () => (await indexedDB.databases()).map(({ name }) => name).sort();

test('destroying a slot removes its key and every database of it, and of nobody else', async () => {
  const a = await vaults.createSlot(PIN);
  const b = await vaults.createSlot(PIN);
  for (const { slot } of [a, b]) {
    (await makeDatabase(`smartasn-${slot.id}`)).close();
    (await makeDatabase(`_pouch_smartasn-own-${slot.id}`)).close();
  }
  await vaults.destroySlot(a.slot.id);
  expect(await names()).toEqual(['smartasn-vault', `smartasn-${b.slot.id}`, `_pouch_smartasn-own-${b.slot.id}`].sort());
  expect(await vaults.listSlots()).toEqual([b.slot]);
  await expect(vaults.openVault(a.slot.id, PIN)).rejects.toThrow('no such slot');
});

test('an interrupted destruction has taken the key, and the next list finishes it', async () => {
  const { slot } = await vaults.createSlot(PIN);
  const busy = await makeDatabase(`smartasn-${slot.id}`);
  await vaults.destroySlot(slot.id);
  await expect(vaults.openVault(slot.id, PIN)).rejects.toThrow('no such slot');
  vaults.close();
  vaults = open();
  expect(await vaults.listSlots()).toEqual([]);
  const db = await new Dexie('smartasn-vault').open();
  expect(await db.table('slots').count()).toBe(1);
  busy.close();
  await vi.waitFor(async () => expect(await db.table('slots').count()).toBe(0));
  expect(await names()).toEqual(['smartasn-vault']);
  db.close();
});

test('an older build gives way to a newer one and does not open its slots', async () => {
  const onReplaced = vi.fn();
  vaults = createVaults({ derive, cost, now: () => now, onReplaced });
  const { slot } = await vaults.createSlot(PIN);
  const newer = new Dexie('smartasn-vault');
  newer.version(1).stores({ slots: 'id' });
  newer.version(2).stores({ slots: 'id, createdAt' });
  await newer.open();
  expect(onReplaced).toHaveBeenCalledTimes(1);
  await expect(vaults.listSlots()).rejects.toThrow();
  vaults = createVaults({ derive, cost, now: () => now, onReplaced });
  await expect(vaults.listSlots()).rejects.toThrow();
  expect(onReplaced).toHaveBeenCalledTimes(2);
  expect(await newer.table('slots').toCollection().primaryKeys()).toEqual([slot.id]);
  newer.close();
});

test('a guest’s key is never written: she opens her place as long as the page lives, and then it is gone', async () => {
  const held = new Set<string>();
  vi.stubGlobal('navigator', {
    locks: {
      request: (name: string, work: () => unknown) => (held.add(name), Promise.resolve(work())),
      query: async () => ({ held: [...held].map((name) => ({ name })) })
    }
  });
  const { slot, ...vault } = await vaults.createSlot(PIN, 'guest');
  const sealed = await vault.seal(bytes('halo'), 'c');
  vault.lock();
  expect(await vaults.listSlots()).toEqual([slot]);
  expect(await refusal(vaults.openVault(slot.id, WRONG))).toBeInstanceOf(PinRefused);
  now += DAY;
  expect(await (await vaults.openVault(slot.id, PIN)).unseal(sealed, 'c')).toEqual(bytes('halo'));

  const raw = new Dexie('smartasn-vault');
  await raw.open();
  expect(await raw.table('slots').toArray()).toEqual([expect.objectContaining({ id: slot.id, guest: true })]);
  expect((await raw.table('slots').get(slot.id)).wrapped).toBeUndefined();
  const otherTab = open();
  expect(await otherTab.listSlots()).toEqual([]);
  expect(await otherTab.guestsElsewhere()).toEqual([slot.id]);
  expect(await raw.table('slots').count()).toBe(1);
  held.clear();
  expect(await otherTab.listSlots()).toEqual([]);
  await vi.waitFor(async () => expect(await raw.table('slots').count()).toBe(0));
  raw.close();
  otherTab.close();
  vi.unstubAllGlobals();
});

test('without Web Locks nobody is a guest: another tab would take her for dead', async () => {
  vi.stubGlobal('navigator', {});
  await expect(vaults.createSlot(PIN, 'guest')).rejects.toThrow('no Web Locks');
  expect(await vaults.listSlots()).toEqual([]);
  vi.unstubAllGlobals();
});

test('a place that is to stay for some hours destroys itself after them', async () => {
  await vaults.createSlot(PIN, 12 * 3_600_000);
  const [slot] = await vaults.listSlots();
  if (!slot) throw new Error('the place is there');
  expect(lifeLeft(slot, now + 11 * 3_600_000)).toBeGreaterThan(0);
  expect(lifeLeft(slot, now + 12 * 3_600_000)).toBeLessThanOrEqual(0);
});
