import { afterEach, expect, test, vi } from 'vitest';
import { ownPost, someVault } from '$lib/store/testing/fixtures';
import { openOwnDatabase } from './own-database';
import { openPouch } from './pouch';

afterEach(() => vi.restoreAllMocks());

/** Calls back with every transaction on an own database that begins from now on. */
function onTransaction(heard: (transaction: IDBTransaction) => void): void {
  const { transaction } = IDBDatabase.prototype;
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...given) {
    const started = transaction.apply(this, given);
    if (this.name.includes('own-')) heard(started);
    return started;
  });
}

test('a read whose transaction the browser ended fails, instead of lasting for ever', async () => {
  const name = `smartasn-own-${crypto.randomUUID()}`;
  const db = await openOwnDatabase(await someVault(), () => openPouch(name));
  const post = ownPost();
  await db.extend([post]);
  onTransaction((transaction) => queueMicrotask(() => transaction.abort()));
  await expect(db.leaves(post._id)).rejects.toThrow();
  await db.close();
});

test('a database that is lost while it opens can be opened again', async () => {
  const name = `smartasn-own-${crypto.randomUUID()}`;
  const vault = await someVault();
  const first = await openOwnDatabase(vault, () => openPouch(name));
  await first.close();
  // PouchDB's own connection goes away between its opening and the first question.
  const opening = openOwnDatabase(vault, async () => {
    const pouch = await openPouch(name);
    onTransaction(({ db }) => db.close());
    await pouch.info().catch(() => undefined);
    return pouch;
  });
  await expect(opening).rejects.toThrow();
  vi.restoreAllMocks();
  const again = await openOwnDatabase(vault, () => openPouch(name));
  expect(again.state().incarnation).toBe(first.state().incarnation);
  await again.close();
});
