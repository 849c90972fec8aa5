import { afterEach, beforeEach, vi } from 'vitest';
import type { SyncRequest, SyncRow } from '$lib/domain/sync-protocol';
import type { Store } from '$lib/store/types';
import { lead } from '../lead';
import { openPrivateLane } from '../private-lane/index';
import { createStatus } from '../status';
import { someDevice } from './device';
import { FakeServer } from './fake-server';

/** The last row of a round. */
export const END: SyncRow = ['e', Date.now() + 5_000];
/** The server of the test that runs; a leader that was started ends with its test. */
export let server: FakeServer;
let stop: AbortController;
let running: Promise<void> | undefined;

beforeEach(() => {
  stop = new AbortController();
  server = new FakeServer();
});

afterEach(async () => {
  stop.abort();
  await running;
  vi.unstubAllGlobals();
});

/** Holds requests that may be held until `release`; the others are answered with the rows at once. */
export function holding(rows: () => SyncRow[] = () => []) {
  const held: { request: SyncRequest; release: (rows: SyncRow[]) => void }[] = [];
  server.rows = (request) =>
    request.wait ? new Promise((resolve) => held.push({ request, release: resolve })) : [...rows(), END];
  return held;
}

/** Starts the leading tab of a signed-in device. */
export async function start(
  change: (store: Store) => Store = (store) => store,
  wished = false,
  changeForLane: (store: Store) => Store = (store) => store
) {
  const device = await someDevice(server);
  await server.remote.put({
    _id: `membership:${server.person}`,
    type: 'membership',
    schema: 1,
    createdAt: new Date(0).toISOString(),
    zone: 'UTC',
    person: server.person,
    agency: 'dinas',
    roles: ['staff'],
    channels: [{ id: 'nasional', title: 'Nasional', kind: 'national' }]
  });
  const sink = createStatus();
  const controls = { ring: () => undefined as void, refresh: () => undefined as void };
  running = lead({
    ...device,
    store: change(device.store),
    sink,
    visible: () => true,
    wishedSaving: () => wished,
    onReady: (ready) => Object.assign(controls, ready),
    build: '1',
    openLane: () => openPrivateLane({ ...device, store: changeForLane(device.store) }),
    signal: stop.signal
  });
  return { ...device, sink, controls };
}
