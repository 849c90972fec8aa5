import { expect, test, vi } from 'vitest';
import { vaultOn } from './keys';
import { VaultLocked, type Slot } from './types';

const slot: Slot = { id: 'a', createdAt: 0, label: { colour: 0, bird: 0 }, retryAt: 0, openedAt: 0 };
const key = (fill: number) => new Uint8Array(32).fill(fill);
const bytes = (text: string) => new TextEncoder().encode(text);

test('a sealed value opens again under its context only, with its key only', async () => {
  const vault = await vaultOn(slot, key(1));
  const sealed = await vault.seal(bytes('halo'), 'own|a');
  expect(await vault.unseal(sealed, 'own|a')).toEqual(bytes('halo'));
  await expect(vault.unseal(sealed, 'own|b')).rejects.toThrow();
  await expect((await vaultOn(slot, key(2))).unseal(sealed, 'own|a')).rejects.toThrow();
});

test('any flipped bit is found', async () => {
  const vault = await vaultOn(slot, key(1));
  const sealed = await vault.seal(bytes('halo'), 'c');
  for (let at = 0; at < sealed.length; at += 1) {
    const altered = sealed.slice();
    altered[at] = (altered[at] ?? 0) ^ 1;
    await expect(vault.unseal(altered, 'c')).rejects.toThrow();
  }
});

test('the same value is never sealed the same way twice', async () => {
  const vault = await vaultOn(slot, key(1));
  expect(await vault.seal(bytes('halo'), 'c')).not.toEqual(await vault.seal(bytes('halo'), 'c'));
});

test('blind values are equal for equal values of one key, and say nothing else', async () => {
  const vault = await vaultOn(slot, key(1));
  const blind = await vault.blind('channel-sd-inpres-wamena');
  expect(blind).toMatch(/^[\w-]{22}$/);
  expect(await vault.blind('channel-sd-inpres-wamena')).toBe(blind);
  expect(await vault.blind('channel-sd-inpres-wamenb')).not.toBe(blind);
  expect(await (await vaultOn(slot, key(2))).blind('channel-sd-inpres-wamena')).not.toBe(blind);
});

test('a locked vault refuses everything and says so once', async () => {
  const vault = await vaultOn(slot, key(1));
  const sealed = await vault.seal(bytes('halo'), 'c');
  const told = vi.fn();
  const cancelled = vi.fn();
  vault.onLock(told);
  vault.onLock(cancelled)();
  vault.lock();
  vault.lock();
  await expect(vault.seal(bytes('halo'), 'c')).rejects.toThrow(VaultLocked);
  await expect(vault.unseal(sealed, 'c')).rejects.toThrow(VaultLocked);
  await expect(vault.blind('x')).rejects.toThrow(VaultLocked);
  expect(told).toHaveBeenCalledTimes(1);
  expect(cancelled).not.toHaveBeenCalled();
  vault.onLock(told);
  expect(told).toHaveBeenCalledTimes(2);
});
