import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ServerScope } from 'nano';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseShared } from '../../src/lib/domain/documents/index.ts';
import { PIECE_SIZE, piecesOf, readManifest } from '../../src/lib/domain/documents/pieces.ts';
import type { CouchRole } from '../couch/types.ts';
import { openMediaStore, type MediaStore } from '../media/index.ts';
import { readMarkdown } from './markdown/index.ts';
import { publishCourse, uuidOf } from './publish.ts';
import { sha256Of } from './text.ts';

type Stored = { _id: string; _rev?: string };

/** A catalogue in memory with CouchDB's rules for revisions. */
function catalogue() {
  const docs = new Map<string, Stored>();
  const log: string[] = [];
  const refuse = (statusCode: number) => Promise.reject(Object.assign(new Error(`${statusCode}`), { statusCode }));
  const database = {
    get: (id: string) => Promise.resolve(docs.get(id)).then((doc) => (doc ? structuredClone(doc) : refuse(404))),
    insert: (doc: Stored) => {
      const old = docs.get(doc._id);
      if (old?._rev !== doc._rev) return refuse(409);
      const rev = `${Number((old?._rev ?? '0').split('-')[0]) + 1}-x`;
      docs.set(doc._id, { ...structuredClone(doc), _rev: rev });
      log.push(`insert ${rev}`);
      return Promise.resolve({ ok: true, id: doc._id, rev });
    }
  };
  const couch = {
    as: (role: CouchRole) => {
      expect(role).toBe('courier');
      return { use: () => database } as unknown as ServerScope;
    },
    provision: (name: string) => Promise.resolve(void log.push(`provision ${name}`))
  };
  return { couch, docs, log, database };
}

let folder: string;
let media: MediaStore;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'publish-'));
  media = await openMediaStore(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const TEXT = '---\ntitle: Kursus\ntopics: [a]\nhours: 2\n---\n# Satu\n\nisi\n';

test('a course document is valid and its files are there before it', async () => {
  const { couch, docs } = catalogue();
  const published = await publishCourse({ couch, media }, await readMarkdown(TEXT), { publisher: 'LAN' });
  expect(parseShared(docs.get(published._id))).toEqual(published);
  expect(published).toMatchObject({
    publisher: 'LAN',
    topics: ['a'],
    learningHours: 2,
    zone: 'Asia/Jakarta',
    schema: 2
  });
  for (const { file } of published.chapters) expect(await media.has(file.sha256)).toBe(true);
});

test('publishing the same file again is the same course and writes nothing', async () => {
  const { couch, docs, log } = catalogue();
  const first = await publishCourse({ couch, media }, await readMarkdown(TEXT), { publisher: 'LAN' });
  const again = await publishCourse({ couch, media }, await readMarkdown(TEXT), { publisher: 'LAN' });
  expect(again).toEqual(first);
  expect(docs.size).toBe(1);
  expect(log.filter((entry) => entry.startsWith('insert'))).toHaveLength(1);
});

test('a changed course under a given id keeps its creation time', async () => {
  const { couch } = catalogue();
  const id = uuidOf('kursus');
  const options = { publisher: 'LAN', id };
  const first = await publishCourse({ couch, media }, await readMarkdown(TEXT), options);
  const next = await publishCourse({ couch, media }, await readMarkdown(`${TEXT}\n# Dua\n\nisi\n`), options);
  expect(next._id).toBe(`course:${id}`);
  expect(next.createdAt).toBe(first.createdAt);
  expect(next.chapters).toHaveLength(2);
  expect(next._rev).toBe('2-x');
});

test('a writer that was faster is not overwritten blindly', async () => {
  const { couch, database, docs } = catalogue();
  const imported = await readMarkdown(TEXT);
  const { get } = database;
  let raced = false;
  database.get = async (id) => {
    if (raced) return get(id);
    raced = true;
    docs.set(id, { _id: id, _rev: '7-y' });
    throw Object.assign(new Error('404'), { statusCode: 404 });
  };
  expect((await publishCourse({ couch, media }, imported, { publisher: 'LAN' }))._rev).toBe('8-x');
});

test('a course that breaks its schema stores nothing', async () => {
  const { couch, docs, log } = catalogue();
  const imported = await readMarkdown(TEXT);
  await expect(publishCourse({ couch, media }, imported, { publisher: '' })).rejects.toThrow();
  expect(docs.size).toBe(0);
  expect(log).toEqual([]);
  for (const { sha256 } of imported.files) expect(await media.has(sha256)).toBe(false);
});

test('a long file is stored with a manifest, which is named in every place and counted into the size', async () => {
  const { couch } = catalogue();
  const body = Uint8Array.from({ length: 2 * PIECE_SIZE + 5 }, (_, index) => (index * 31) % 251);
  const file = { sha256: sha256Of(body), size: body.length, type: 'audio/mpeg' };
  const text = await readMarkdown(TEXT);
  const recording = { id: 'suara', title: 'Suara', form: 'audio' as const, file, images: [] };
  const published = await publishCourse(
    { couch, media },
    {
      ...text,
      course: { ...text.course, chapters: [...text.course.chapters, recording, { ...recording, id: 'lagi' }] },
      files: [...text.files, { ...file, body }]
    },
    { publisher: 'LAN' }
  );
  const [short, long, again] = published.chapters.map((chapter) => chapter.file);
  expect([short?.manifest, again]).toEqual([undefined, long]);
  const { sha256 = '', size = 0 } = long?.manifest ?? {};
  expect(published.size).toBe((short?.size ?? 0) + body.length + size);
  const opened = await media.open(sha256);
  const manifest = readManifest(new Uint8Array(await new Response(opened?.stream).arrayBuffer()));
  expect(opened?.size).toBe(size);
  expect(piecesOf(manifest).map((piece) => [piece.start, piece.size])).toEqual([
    [0, PIECE_SIZE],
    [PIECE_SIZE, PIECE_SIZE],
    [2 * PIECE_SIZE, 5]
  ]);
  for (const piece of piecesOf(manifest))
    expect(sha256Of(body.subarray(piece.start, piece.start + piece.size))).toBe(piece.sha256);
});
