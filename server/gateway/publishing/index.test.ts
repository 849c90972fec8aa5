import { randomBytes } from 'node:crypto';
import { strToU8, zipSync } from 'fflate';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Draft, DraftRow, PublishedRow, PublishingList } from '../../../src/lib/domain/publishing.ts';
import { findCourse } from '../../learning/publishing/catalogue.ts';
import { findKey } from '../../learning/answer-keys.ts';
import { mp3 } from '../../learning/testing/recordings.ts';
import type { Person } from '../../registry/types.ts';
import { makePerson, openTestGateway, type TestGateway } from '../fixtures.ts';

const publisher = makePerson('penerbit', { roles: ['publisher', 'staff'] });
const staff = makePerson('staf');
let gateway: TestGateway;

beforeAll(async () => void (gateway = await openTestGateway([publisher, staff])));
afterAll(() => gateway.close());

async function ask<T>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: object | Buffer,
  who: Person = publisher
) {
  const type = Buffer.isBuffer(body) ? { 'content-type': 'application/octet-stream' } : {};
  const headers = { ...(await gateway.bearer(who)), ...type };
  const answer = await gateway.app.inject({
    method,
    url: `/api/publishing${path}`,
    headers,
    ...(body && { payload: body })
  });
  return { status: answer.statusCode, raw: answer.rawPayload, json: () => answer.json<T>() };
}

async function upload(name: string, bytes: Uint8Array, of?: string): Promise<Draft> {
  const begun = await ask<DraftRow>('POST', '/drafts', { name, size: bytes.byteLength, ...(of && { of }) });
  const { id } = begun.json();
  const half = Math.floor(bytes.byteLength / 2);
  await ask('PUT', `/drafts/${id}/upload?at=0`, Buffer.from(bytes.subarray(0, half)));
  // A piece that came already, and one that is too early, move nothing.
  for (const at of [0, half + 1])
    expect((await ask('PUT', `/drafts/${id}/upload?at=${at}`, Buffer.from(bytes.subarray(0, 1)))).json()).toEqual({
      received: half
    });
  await ask('PUT', `/drafts/${id}/upload?at=${half}`, Buffer.from(bytes.subarray(half)));
  return vi.waitFor(
    async () => {
      const draft = (await ask<Draft>('GET', `/drafts/${id}`)).json();
      expect(['ready', 'refused']).toContain(draft.state);
      return draft;
    },
    { timeout: 30_000, interval: 50 }
  );
}

const editOf = ({ rev, course, quizzes }: Draft) => {
  if (!course) throw new Error('The draft was not read.');
  const { title, summary, kind, chapters, modules, study } = course;
  return {
    rev,
    title,
    summary,
    publisher: course.publisher ?? 'LAN',
    kind,
    topics: course.topics ?? [],
    learningHours: course.learningHours ?? 0,
    chapters: chapters.map(({ id, title }) => ({ id, title })),
    ...(modules && { modules }),
    ...(study && { study }),
    ...(quizzes && { quizzes })
  };
};

const COURSE = (more = '') =>
  zipSync({
    'a.md': strToU8(`# Awal\n\nIsi pertama, lihat [akhir](b.md).${more}`),
    'b.md': strToU8('# Akhir\n\nIsi kedua'),
    'uji.md': strToU8('# Ujian\n\n```evaluasi\n? Satu tambah satu?\n( ) Satu\n(x) Dua\n```\n')
  });

test('only publishers come in, and only to drafts that there are', async () => {
  for (const [method, path] of [
    ['GET', ''],
    ['POST', '/drafts'],
    ['GET', `/drafts/${crypto.randomUUID()}`]
  ] as const)
    expect((await ask(method, path, method === 'POST' ? {} : undefined, staff)).status).toBe(403);
  expect((await ask('GET', `/drafts/${crypto.randomUUID()}`)).status).toBe(404);
  expect((await ask('GET', '/drafts/..%2F..')).status).toBe(404);
  expect((await ask('POST', '/drafts', { name: 'a', size: 10 ** 12 })).status).toBe(413);
});

test('what cannot become a course is refused in words and leaves no file', async () => {
  const refused = await upload('potong.mp3', mp3(400).slice(0, 50_000));
  expect(refused).toMatchObject({ state: 'refused', refusal: { code: 'unreadable' } });
  expect(refused.refusal?.message).toContain('potong.mp3');
  expect((await ask('POST', `/drafts/${refused.id}/publish`, {})).status).toBe(409);
  expect((await ask('DELETE', `/drafts/${refused.id}`)).status).toBe(204);
  expect((await ask('GET', `/drafts/${refused.id}`)).status).toBe(404);
});

test('a course is uploaded in pieces, looked at, edited, published, followed by an edition, withdrawn and restored', async () => {
  const draft = await upload('Kursus.zip', COURSE());
  expect(draft).toMatchObject({ state: 'ready', course: { title: 'Kursus' } });
  expect(draft.quizzes?.uji?.questions[0]).toMatchObject({ kind: 'single', key: expect.any(String) });
  const sha256 = draft.course?.chapters[0]?.file.sha256 ?? '';
  const shown = await ask('GET', `/drafts/${draft.id}/files/${sha256}`);
  expect(JSON.parse(shown.raw.toString())).toMatchObject({ title: 'Awal' });
  // Neither in the catalogue nor among the files of everybody.
  expect(await gateway.media.has(sha256)).toBe(false);
  expect((await ask<PublishingList>('GET', '')).json().courses).toEqual([]);

  const edit = editOf(draft);
  const [awal, akhir, ujian] = edit.chapters;
  if (!awal || !akhir || !ujian) throw new Error('Chapters are missing.');
  const chapters = [akhir, { ...awal, title: 'Pembuka' }, ujian];
  const study = { regular: { from: 1, to: 10, attempts: 2 }, certificate: true };
  expect((await ask('PUT', `/drafts/${draft.id}`, { ...edit, title: 'Kursus baik', chapters, study })).status).toBe(
    204
  );
  expect((await ask('PUT', `/drafts/${draft.id}`, edit)).status).toBe(409);
  const published = (await ask<PublishedRow>('POST', `/drafts/${draft.id}/publish`, {})).json();
  const course = await findCourse(gateway.couch, published.id);
  expect(course).toMatchObject({ title: 'Kursus baik', study, publisher: 'LAN' });
  expect(course?.chapters.map(({ id, title }) => [id, title])).toEqual([
    ['b', 'Akhir'],
    ['a', 'Pembuka'],
    ['uji', 'Ujian']
  ]);
  expect(await gateway.media.has(sha256)).toBe(true);
  const evaluation = course?.chapters[2]?.file.sha256 ?? '';
  expect(await findKey(gateway.couch, published.id, evaluation)).toMatchObject({ chapter: 'uji' });
  expect((await ask<PublishingList>('GET', '')).json().drafts).toEqual([]);

  const id = published.id.slice('course:'.length);
  const again = await upload(
    'Kursus.zip',
    zipSync({
      '1-pembuka.md': strToU8('# Pembuka\n\nIsi baru'),
      '2-lain.md': strToU8('# Akhir\n\nLihat [ini](1-pembuka.md)')
    }),
    published.id
  );
  const next = (await ask<PublishedRow>('POST', `/drafts/${again.id}/publish`, { note: 'Diperbarui' })).json();
  expect(next).toMatchObject({ id: published.id, edition: 2 });
  const newer = await findCourse(gateway.couch, published.id);
  expect(newer?.chapters.map((entry) => entry.id)).toEqual(['a', 'b']);
  expect(newer).toMatchObject({ createdAt: course?.createdAt, edition: { number: 2, note: 'Diperbarui' } });
  const linked = await gateway.media.open(newer?.chapters[1]?.file.sha256 ?? '');
  expect(await new Response(linked?.stream).text()).toContain('"#a"');

  expect((await ask<PublishedRow>('POST', `/courses/${id}/withdraw`)).json().withdrawn).toBeDefined();
  expect((await findCourse(gateway.couch, published.id))?.withdrawn).toBeDefined();
  expect((await ask<PublishedRow>('POST', `/courses/${id}/restore`)).json().withdrawn).toBeUndefined();
  const reopened = (await ask<DraftRow>('POST', `/courses/${id}/draft`)).json();
  expect(reopened).toMatchObject({ state: 'ready', of: published.id });
}, 60_000);

test('pictures are made smaller on wish', async () => {
  const noise = randomBytes(300 * 300 * 3);
  const picture = await sharp(noise, { raw: { width: 300, height: 300, channels: 3 } })
    .png()
    .toBuffer();
  const draft = await upload(
    'g.zip',
    zipSync({ 'a.md': strToU8('# A\n\n![g](g.png)'), 'g.png': new Uint8Array(picture) })
  );
  expect((await ask('POST', `/drafts/${draft.id}/smaller`, { what: 'pictures' })).status).toBe(204);
  const after = (await ask<Draft>('GET', `/drafts/${draft.id}`)).json();
  expect(after.course?.chapters[0]?.images[0]?.type).toBe('image/webp');
  expect(after.smaller?.after).toBeLessThan(after.smaller?.before ?? 0);
  const tree = await ask('GET', `/drafts/${draft.id}/files/${after.course?.chapters[0]?.file.sha256}`);
  expect(tree.raw.toString()).toContain(after.course?.chapters[0]?.images[0]?.sha256);
}, 60_000);
