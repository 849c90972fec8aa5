import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newSubmission } from '$lib/domain/documents/compose-learning';
import { docId, receiptId } from '$lib/domain/ids';
import { someStore } from '$lib/store/testing/fixtures';
import { createPhase } from './phase';
import { runUploads } from './own-files';
import { FileWaits } from './parcels/problems';
import { depositUnsent } from './parcels/deposit';
import { keepKeys, newPair } from './parcels/keys';
import { createStatus } from './status';
import type { Api } from './tokens';
import { createWake } from './wake';

const COURSE = docId('course', '5f0f6f2a-97c5-4b43-8f3e-0d2a60a3b111');
const bytes = new Uint8Array(300_000).map((_, index) => (index * 31) % 251);

/** A server that takes pieces as the gateway does, and cuts the link when it is told to. */
function fakeServer() {
  const parts = new Map<string, number>();
  const server = { requests: 0, cutAfter: Infinity, status: 200, whole: new Set<string>() };
  const api: Api = {
    base: '',
    reachable: async () => true,
    fetch: async (path, init) => {
      server.requests += 1;
      if (server.requests > server.cutAfter) throw new TypeError('Failed to fetch');
      if (server.status !== 200) return new Response('{}', { status: server.status });
      const name = path.split('/').at(-1) ?? '';
      const [, first, last, size] =
        /bytes (\d+)-(\d+)\/(\d+)/.exec(new Headers(init?.headers).get('content-range') ?? '') ?? [];
      const here = parts.get(name) ?? 0;
      const received = Number(first) === here ? Number(last) + 1 : here;
      parts.set(name, received);
      const whole = received === Number(size);
      if (whole) server.whole.add(name);
      return new Response(JSON.stringify({ received, whole }));
    }
  };
  return { server, api };
}

let stop: AbortController;
beforeEach(() => void (stop = new AbortController()));
afterEach(() => stop.abort());

async function device() {
  const { store, vault } = await someStore();
  const sha256 = await store.keepFile(bytes);
  const file = { sha256, size: bytes.length, type: 'application/pdf', name: 'jurnal.pdf' };
  return { store, vault, sha256, doc: newSubmission(COURSE, 'jurnal', file, 'Jurnal') };
}

function upload(store: Awaited<ReturnType<typeof device>>['store'], api: Api) {
  const wake = createWake();
  const link = {
    up: true,
    untilUp: async () => undefined,
    ok: () => undefined,
    failed: () => undefined,
    nudge: () => undefined
  };
  void runUploads({
    store,
    api,
    wake,
    link,
    phase: createPhase(createStatus()),
    visible: () => true,
    signal: stop.signal
  });
  return wake;
}

test('a file that was only chosen stays here; named by a document it goes, and the same content is kept once', async () => {
  const { store, sha256, doc } = await device();
  expect(await store.keepFile(bytes)).toBe(sha256);
  expect(await store.file(sha256)).toEqual(bytes);
  const { server, api } = fakeServer();
  const wake = upload(store, api);
  await store.write(doc);
  expect(server.requests).toBe(0);
  wake.ring();
  await vi.waitFor(async () => expect(await store.unsentFiles()).toEqual([]));
  expect([...server.whole]).toEqual([sha256]);
  expect(await store.file(sha256)).toEqual(bytes);
});

test('after a cut it goes on where the server is', async () => {
  const { store, sha256, doc } = await device();
  await store.write(doc);
  const { server, api } = fakeServer();
  server.cutAfter = 1;
  const wake = upload(store, api);
  await vi.waitFor(() => expect(server.requests).toBeGreaterThan(1));
  expect(await store.unsentFiles()).toEqual([{ sha256, size: bytes.length }]);
  server.cutAfter = Infinity;
  wake.ring();
  await vi.waitFor(async () => expect(await store.unsentFiles()).toEqual([]));
});

test('what the server never takes is refused, and the person hears of it', async () => {
  const { store, doc } = await device();
  await store.write(doc);
  const { server, api } = fakeServer();
  server.status = 415;
  upload(store, api);
  await vi.waitFor(async () => expect(await store.refusedItems()).toHaveLength(1));
});

test('a document that reached the server without its file is sent again after it', async () => {
  const { store, doc } = await device();
  await store.write(doc);
  await store.markFile(doc.file.sha256, true);
  await store.acknowledge([doc.edit]);
  const receipt = {
    ...{ _id: receiptId(doc._id), type: 'receipt', schema: 1, createdAt: doc.createdAt, zone: 'UTC' },
    ...{ of: doc._id, edit: doc.edit, status: 'refused', reason: 'file-missing', at: doc.createdAt }
  };
  await store.applyOwn({ docs: [doc, receipt], deleted: [] });
  const { server, api } = fakeServer();
  upload(store, api);
  await vi.waitFor(() => expect(server.whole.size).toBe(1));
  const [entry] = await store.pending();
  expect(entry?.edit).not.toBe(doc.edit);
});

test('no parcel goes without saying that a file stays behind, and nobody leaves for good with one', async () => {
  const { store, vault, doc } = await device();
  await keepKeys(store, { ...(await newPair()), session: crypto.randomUUID(), server: `CQ${'A'.repeat(41)}`, at: 0 });
  await store.write(doc);
  await expect(depositUnsent(store, vault.slot.id)).rejects.toBeInstanceOf(FileWaits);
  await expect(depositUnsent(store, vault.slot.id, { leaving: true })).rejects.toBeInstanceOf(FileWaits);
  await store.markFile(doc.file.sha256, true);
  expect(await depositUnsent(store, vault.slot.id, { leaving: true })).toMatch(/^[0-9A-Z]{18}$/);
});
