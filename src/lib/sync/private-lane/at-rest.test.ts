import { expect, test } from 'vitest';
import { edited, ownPost } from '$lib/store/testing/fixtures';
import { someDevice } from '../testing/device';
import { FakeServer } from '../testing/fake-server';

/** Everything that an IndexedDB database holds, as text. */
async function dump(name: string): Promise<string> {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('open'));
  });
  const texts = await Promise.all(
    [...db.objectStoreNames].map(
      (table) =>
        new Promise<string>((resolve) => {
          const request = db.transaction(table).objectStore(table).getAll();
          request.onsuccess = () => resolve(JSON.stringify(request.result));
        })
    )
  );
  db.close();
  return texts.join('\n');
}

test('the disk holds only sealed values, the server readable ones, and both the same revisions', async () => {
  const canary = 'KENARI-7f3a';
  const server = new FakeServer();
  const a = await someDevice(server);
  const b = await someDevice(server);
  const post = await a.store.write(ownPost(`rahasia ${canary}`));
  await a.lane.push(a.signal);
  await a.store.write(edited(post, `rahasia kedua ${canary}`));
  await a.lane.push(a.signal);
  await b.lane.pull(b.signal);

  const disks = [];
  for (const { vault, lane } of [a, b]) {
    await lane.close();
    disks.push(await dump(`_pouch_smartasn-own-${vault.slot.id}`));
  }
  const { _rev: rev } = await server.remote.get(post._id);
  expect(JSON.stringify(await server.remote.get(post._id))).toContain(canary);
  for (const disk of disks) {
    expect(disk).toContain(post._id);
    expect(disk).toContain(String(rev).slice(2));
    expect(disk).not.toContain(canary);
    expect(disk).not.toContain('nasional');
    expect(disk).not.toContain(server.person);
  }
});
