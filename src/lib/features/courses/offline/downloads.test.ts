import { someStore } from '$lib/store/testing/fixtures';
import { Dexie } from 'dexie';
import { IDBFactory } from 'fake-indexeddb';
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Course } from '$lib/domain/documents/course';
import { course as someCourse, T0 } from '$lib/store/testing/fixtures';
import { NoSpace, type Store } from '$lib/store/types';
import { courseState } from '$lib/sync/course-files';
import { setWifiOnly } from '$lib/sync/link-kind';
import { FakeServer } from '$lib/sync/testing/fake-server';
import { stopAll } from '../../session/leaving';
import { readList } from './download-list';
import { downloads } from './downloads.svelte';

let server: FakeServer;
let store: Store;
let courses: Course[];

/** A course of one file on the server. */
function published(title: string, fill: number): Course {
  const body = new Uint8Array(1_000).fill(fill);
  const sha256 = createHash('sha256').update(body).digest('hex');
  server.media.set(sha256, body);
  const file = { sha256, size: body.length, type: 'audio/mpeg' };
  return {
    ...someCourse(T0 + fill, title),
    chapters: [{ id: 'a', title: 'A', form: 'audio', file, images: [] }],
    size: body.length
  };
}

const ids = () => courses.map(({ _id }) => _id);
const nameOf = (index: number) => courses[index]?.chapters[0]?.file.sha256 ?? '';
const whole = async () => (await Promise.all(courses.map((one) => courseState(store, one)))).map((one) => one.complete);
const settled = (wanted: boolean[]) => vi.waitFor(async () => expect(await whole()).toEqual(wanted));
/** The order in which files were asked for. */
const order = () => server.asked.filter(({ path }) => path.startsWith('/media/')).map(({ path }) => path.slice(7));

beforeEach(async () => {
  Dexie.dependencies.indexedDB = globalThis.indexedDB = new IDBFactory();
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal('removeEventListener', () => undefined);
  vi.stubGlobal('navigator', { connection: Object.assign(new EventTarget(), { type: 'wifi', saveData: false }) });
  server = new FakeServer();
  vi.stubGlobal('fetch', server.fetch);
  ({ store } = await someStore());
  await store.setSecret('refresh', server.session.refresh);
  courses = [published('Satu', 1), published('Dua', 2)];
  await store.applyShared('catalogue', { docs: courses, deletedIds: [], checkpoint: '1' });
});

afterEach(() => {
  stopAll();
  store.close();
  vi.unstubAllGlobals();
});

const link = () => (navigator as unknown as { connection: EventTarget & { type: string } }).connection;
const changeLink = (type: string) => {
  link().type = type;
  link().dispatchEvent(new Event('change'));
};

test('courses come one after the other in the order in which they were wanted, and then leave the list', async () => {
  await downloads.take(store, ids());
  await settled([true, true]);
  expect(order()).toEqual([nameOf(0), nameOf(1)]);
  await vi.waitFor(async () => expect(await readList(store)).toEqual([]));
  await vi.waitFor(() => expect(downloads.list).toEqual([]));
});

test('what was under way goes on when the person comes back', async () => {
  server.fault = ({ path }) => (path.startsWith('/media/') ? 'refused' : undefined);
  await downloads.take(store, ids());
  await vi.waitFor(() => expect(downloads.of(ids()[0] ?? '')?.kind).toBe('stopped'));
  expect(order().every((name) => name === nameOf(0))).toBe(true);
  stopAll();
  expect(downloads.list).toEqual([]);
  server.fault = () => undefined;
  downloads.begin(store);
  await settled([true, true]);
});

test('a paused course lets the next one go, and waits for the person also when she comes back', async () => {
  const [first = '', second = ''] = ids();
  server.fault = ({ path }) => (path.includes(nameOf(0)) ? 503 : undefined);
  await downloads.take(store, [first]);
  await vi.waitFor(() => expect(downloads.of(first)?.kind).toBe('stopped'));
  await downloads.pause(first);
  await downloads.take(store, [second]);
  await settled([false, true]);
  stopAll();
  server.fault = () => undefined;
  downloads.begin(store);
  await vi.waitFor(() => expect(downloads.of(first)?.kind).toBe('paused'));
  await downloads.take(store, [first]);
  await settled([true, true]);
});

test('a damaged course stops alone', async () => {
  server.media.set(nameOf(0), new Uint8Array(1_000));
  await downloads.take(store, ids());
  await settled([false, true]);
  expect(downloads.of(ids()[0] ?? '')).toMatchObject({ kind: 'stopped', full: false });
});

test('a full disk stops all of them, and says so', async () => {
  const full: Store = { ...store, putPiece: () => Promise.reject(new NoSpace()) };
  await downloads.take(full, ids());
  await vi.waitFor(() => expect(downloads.of(ids()[0] ?? '')).toMatchObject({ kind: 'stopped', full: true }));
  expect(order()).toEqual([nameOf(0)]);
  expect(downloads.of(ids()[1] ?? '')?.kind).toBe('waiting');
});

test('who wants Wi-Fi alone waits for it, unless she says otherwise for a course', async () => {
  const [first = '', second = ''] = ids();
  await setWifiOnly(store, true);
  link().type = 'cellular';
  await downloads.take(store, [first]);
  await vi.waitFor(() => expect(downloads.of(first)?.kind).toBe('wifi'));
  await downloads.take(store, [second], true);
  await settled([false, true]);
  changeLink('wifi');
  await settled([true, true]);
});

test('who saves data is not surprised by what goes on when she comes back', async () => {
  const [first = ''] = ids();
  server.fault = ({ path }) => (path.startsWith('/media/') ? 'refused' : undefined);
  await downloads.take(store, [first]);
  await vi.waitFor(() => expect(downloads.of(first)?.kind).toBe('stopped'));
  stopAll();
  await store.setSetting('data-saver', true);
  link().type = 'cellular';
  server.fault = () => undefined;
  const before = order().length;
  downloads.begin(store);
  await vi.waitFor(() => expect(downloads.of(first)?.kind).toBe('paused'));
  expect(order()).toHaveLength(before);
  await downloads.take(store, [first]);
  await settled([true, false]);
});

test('a course that is no longer in the catalogue leaves the list', async () => {
  await downloads.take(store, ['course:weg', ...ids()]);
  await settled([true, true]);
  await vi.waitFor(() => expect(downloads.list).toEqual([]));
});
