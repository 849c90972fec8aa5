import { expect, test, vi } from 'vitest';
import { dumpDatabases } from '$lib/store/testing/dump';
import { someStore } from '$lib/store/testing/fixtures';
import { openStore } from '$lib/store';
import { NoSpace, type Store } from '$lib/store/types';
import { createApi } from '../tokens';
import { keepSession, signIn } from '../session';
import { FakeServer } from '../testing/fake-server';
import { ledgerOf, readUsage } from './ledger';
import { createMeter } from './meter';
import { dayOf, usageAt } from './traffic';

const today = async (store: Store) => usageAt(await readUsage(store), Date.now()).today;

test('two tabs count into one sum', async () => {
  const { vault, store } = await someStore();
  const other = await openStore(vault);
  ledgerOf(store).note({ down: 10 });
  ledgerOf(other).note({ down: 5, up: 1, about: true });
  await Promise.all([ledgerOf(store).flush(), ledgerOf(other).flush()]);
  expect(await today(store)).toEqual({ down: 15, up: 1, about: true });
  expect(await dumpDatabases()).not.toContain(dayOf(Date.now()));
});

test('what is noted is written down by itself, and what could not be is written with the next', async () => {
  const { store } = await someStore();
  let full = true;
  const ledger = ledgerOf({
    changeSetting: (name, change) => (full ? Promise.reject(new NoSpace()) : store.changeSetting(name, change))
  });
  ledger.note({ down: 1 });
  await ledger.flush();
  expect(await today(store)).toEqual({ down: 0, up: 0 });
  full = false;
  ledger.note({ up: 2 });
  await vi.waitFor(async () => expect(await today(store)).toEqual({ down: 1, up: 2 }), { timeout: 5_000 });
});

test('requests of a session are counted, signing in as well', async () => {
  const server = new FakeServer();
  vi.stubGlobal('fetch', server.fetch);
  const { store } = await someStore();
  const ledger = ledgerOf(store);
  const grant = { person: server.person, refresh: server.session.refresh };
  await keepSession(store, grant);
  await (
    await createApi(store, '', createMeter(ledger.note, false)).fetch('/sync', {
      method: 'POST',
      body: '{"sources":[]}'
    })
  ).text();
  await ledger.flush();
  const before = await today(store);
  expect(before.down).toBeGreaterThan(600);
  expect(before.up).toBeGreaterThan(600);
  const body = { ...grant, access: 'a', accessExpiresAt: new Date(1).toISOString(), now: new Date(0).toISOString() };
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json(body)));
  await keepSession(store, await signIn('guru', 'sandi'));
  await ledger.flush();
  expect((await today(store)).down).toBe(before.down + 300 + JSON.stringify(body).length);
  vi.unstubAllGlobals();
});
