import { expect, test } from 'vitest';
import { courseChannel } from '$lib/domain/course-channel';
import type { LearningEvent } from '$lib/domain/documents/event';
import type { Takers } from '$lib/domain/documents/takers';
import { docId, uuidv7 } from '$lib/domain/ids';
import { course, post, someStore, T0, UNIT } from './testing/fixtures';

const HOUR = 3_600_000;

const eventAt = (at: number): LearningEvent => ({
  _id: docId('event', uuidv7(at)),
  type: 'event',
  schema: 1,
  createdAt: new Date(T0).toISOString(),
  zone: 'Asia/Jayapura',
  title: 'Webinar gizi',
  summary: '',
  kind: 'webinar',
  organiser: 'Dinas Kesehatan',
  startsAt: new Date(at).toISOString(),
  endsAt: new Date(at + HOUR).toISOString(),
  topics: [],
  language: 'id',
  publishedAt: new Date(T0).toISOString()
});

const takersOf = (courses: Takers['courses']): Takers => ({
  _id: docId('takers', crypto.randomUUID()),
  type: 'takers',
  schema: 1,
  createdAt: new Date(T0).toISOString(),
  zone: 'UTC',
  courses,
  asOf: new Date(T0).toISOString()
});

test('events come in the order of their beginning, and each is found by its id', async () => {
  const { store } = await someStore();
  const events = [eventAt(T0 + HOUR), eventAt(T0 + 3 * HOUR), eventAt(T0)];
  await store.applyShared('catalogue', { docs: events, deletedIds: [], checkpoint: '1' });
  const times = (await store.events()).map(({ startsAt }) => Date.parse(startsAt));
  expect(times).toEqual([T0 + 3 * HOUR, T0 + HOUR, T0]);
  expect(await store.event(events[0]?._id ?? '')).toEqual(events[0]);
});

test('of two units, the one with more takers counts', async () => {
  const { store } = await someStore();
  await store.applyShared(`channel-${UNIT}`, { docs: [takersOf({ a: 3, b: 9 })], deletedIds: [], checkpoint: '1' });
  await store.applyShared('channel-lain', { docs: [takersOf({ a: 5 })], deletedIds: [], checkpoint: '1' });
  expect(Object.fromEntries(await store.takers())).toEqual({ a: 5, b: 9 });
});

test('a course that has not changed is the same object, one that has is read anew', async () => {
  const { store } = await someStore();
  const [first, second] = [course(T0), course(T0 + 1)];
  await store.applyShared('catalogue', { docs: [first, second], deletedIds: [], checkpoint: '1' });
  const before = new Map((await store.courses()).map((one) => [one._id, one]));
  await store.applyShared('catalogue', { docs: [{ ...second, title: 'Baru' }], deletedIds: [], checkpoint: '2' });
  const after = new Map((await store.courses()).map((one) => [one._id, one]));
  expect(after.get(first._id)).toBe(before.get(first._id));
  expect(after.get(second._id)?.title).toBe('Baru');
});

test('what is said about a course stands in its channel alone, unless that is asked for', async () => {
  const { store } = await someStore();
  const channel = courseChannel(docId('course', uuidv7()));
  const docs = [post(T0, { channel })];
  await store.applyShared(`channel-${channel}`, { docs, deletedIds: [], checkpoint: '1' });
  await store.applyShared('channel-nasional', { docs: [post(T0 + 1)], deletedIds: [], checkpoint: '1' });
  expect((await store.feedPage({ limit: 10 })).entries.map((entry) => entry.channel)).toEqual(['nasional']);
  const talk = await store.feedPage({ channels: [channel], limit: 10 });
  expect(talk.entries.map(({ id }) => id)).toEqual(docs.map(({ _id }) => _id));
});
