import { someStore, someVault } from './testing/fixtures';
import { expect, test } from 'vitest';
import { openStore } from './index';

test('secrets and settings come back after a restart and can be removed', async () => {
  const vault = await someVault();
  const store = await openStore(vault);
  await store.setSecret('refresh', 'token');
  await store.setSetting('place', { chapter: 'c1', fraction: 0.5 });
  store.close();
  const again = await openStore(vault);
  expect(await again.secret('refresh')).toBe('token');
  expect(await again.setting('place')).toEqual({ chapter: 'c1', fraction: 0.5 });
  expect(await again.secret('place')).toBeUndefined();
  await again.setSecret('refresh', undefined);
  await again.setSetting('place', undefined);
  expect([await again.secret('refresh'), await again.setting('place')]).toEqual([undefined, undefined]);
});

test('pieces are kept by content, listed, summed and removed', async () => {
  const { store } = await someStore();
  const [a, b] = ['a'.repeat(64), 'b'.repeat(64)];
  const bytes = crypto.getRandomValues(new Uint8Array(20_000));
  await store.putPiece(a, bytes);
  await store.putPiece(a, bytes);
  await store.putPiece(b, new Uint8Array(5));
  expect(await store.piece(a)).toEqual(bytes);
  expect(await store.hasPieces([a, 'c'.repeat(64)])).toEqual(new Set([a]));
  expect(await store.pieceBytes()).toBe(20_005);
  await store.removePieces([a]);
  expect(await store.piece(a)).toBeUndefined();
  expect(await store.pieceBytes()).toBe(5);
});

test('changes of one setting in two tabs at once all count', async () => {
  const { vault, store } = await someStore();
  const other = await openStore(vault);
  const add = (old = 0) => old + 1;
  await Promise.all([store, other, store, other].map((tab) => tab.changeSetting<number>('count', add)));
  expect(await store.setting('count')).toBe(4);
});
