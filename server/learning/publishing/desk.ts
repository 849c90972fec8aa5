import * as v from 'valibot';
import { allFilesOf } from '../../../src/lib/domain/documents/course-files.ts';
import type { Course } from '../../../src/lib/domain/documents/course.ts';
import { docId, suffixOf, uuidv7 } from '../../../src/lib/domain/ids.ts';
import { courseContent, type Draft, type DraftEdit, type DraftRow } from '../../../src/lib/domain/publishing.ts';
import type { Couch } from '../../couch/types.ts';
import type { MediaStore } from '../../media/types.ts';
import { findKey } from '../answer-keys.ts';
import { LIMITS } from '../epub/limits.ts';
import { publishCourse, uuidOf } from '../publish.ts';
import { canTranscode } from '../smaller/ffmpeg.ts';
import { makeSmaller, type What } from '../smaller/index.ts';
import { ImportRefused, type AnswerKey } from '../types.ts';
import { findCourse, publishEdition } from './catalogue.ts';
import { applyEdit, quizzesOf } from './edit.ts';
import { readInThread } from './import-job.ts';
import { openDrafts } from './store.ts';
import type { DraftDoc } from './types.ts';

/** Who publishes, when neither the file nor the publisher says it. */
const PUBLISHER = 'Pengelola SmartASN';

export interface DeskParts {
  couch: Couch;
  media: MediaStore;
  /** The server's data folder. */
  data: string;
  log: (error: unknown) => void;
}

/** The publishers' desk: drafts come in, are read, looked at, edited, and published. */
export function openDesk({ couch, media, data, log }: DeskParts) {
  const drafts = openDrafts(couch, data);
  const running = new Map<string, AbortController>();
  /** One file is read at a time: each takes memory as large as it is. */
  let queue: Promise<void> = Promise.resolve();

  const row = async (doc: DraftDoc): Promise<DraftRow> => {
    const id = suffixOf(doc._id);
    const { name, state, size, refusal, changedAt, of, content } = doc;
    const received = state === 'receiving' ? await drafts.received(id) : size;
    return {
      id,
      title: content?.course.title ?? name,
      state,
      received,
      size,
      changedAt,
      ...(refusal && { refusal }),
      ...(of !== undefined && { of })
    };
  };

  const read = async (id: string, sha256: string): Promise<Uint8Array | undefined> => {
    const own = await drafts.filesOf(id);
    const found = (await own.open(sha256)) ?? (await media.open(sha256));
    return found && new Uint8Array(await new Response(found.stream).arrayBuffer());
  };

  /** Reads the file that came, in its turn; the draft says what became of it. */
  function start(id: string): void {
    const stop = new AbortController();
    running.set(id, stop);
    queue = queue
      .then(() => importDraft(id, stop.signal))
      .catch(log)
      .finally(() => running.delete(id));
  }

  async function importDraft(id: string, signal: AbortSignal): Promise<void> {
    const doc = await drafts.get(id);
    if (!doc || signal.aborted) return;
    const folder = `${drafts.folderOf(id)}/files`;
    const outcome = await readInThread({ source: drafts.uploadOf(id), name: doc.name, folder, signal }).then(
      (content): Partial<DraftDoc> => ({ state: 'ready', content }),
      (error: unknown): Partial<DraftDoc> => {
        if (!(error instanceof ImportRefused)) throw error;
        return { state: 'refused', refusal: { code: error.code, message: error.message } };
      }
    );
    // Who threw the draft away meanwhile has ended it.
    if (signal.aborted) return;
    const now = await drafts.get(id);
    if (now) await drafts.put({ ...now, ...outcome });
    await drafts.dropUpload(id);
  }

  return {
    /** Goes on with what a server that stopped was reading. */
    async resume(): Promise<void> {
      for (const doc of await drafts.list()) if (doc.state === 'importing') start(suffixOf(doc._id));
    },

    /** Waits until nothing is read any more; what was being read is read again later. */
    async close(): Promise<void> {
      for (const stop of running.values()) stop.abort();
      await queue;
    },

    async list(): Promise<DraftRow[]> {
      const rows = await Promise.all((await drafts.list()).map(row));
      return rows.sort((a, b) => b.changedAt.localeCompare(a.changedAt));
    },

    async begin(by: string, { name, size, of }: { name: string; size: number; of?: string }): Promise<DraftRow> {
      if (size > LIMITS.file) throw new ImportRefused('too-large', `${name} is larger than ${LIMITS.file} bytes.`);
      const id = uuidv7();
      const doc: DraftDoc = {
        _id: docId('draft', id),
        type: 'draft',
        by,
        name,
        size,
        state: 'receiving',
        changedAt: new Date().toISOString(),
        ...(of !== undefined && { of })
      };
      await drafts.put(doc);
      return row(doc);
    },

    /** Adds what came; the whole file is read at once. Answers how much has come, undefined for no such upload. */
    async receive(id: string, at: number, piece: Uint8Array): Promise<number | undefined> {
      const doc = await drafts.get(id);
      if (!doc) return undefined;
      if (doc.state !== 'receiving') return doc.size;
      if (at + piece.byteLength > doc.size) return drafts.received(id);
      const received = await drafts.append(id, at, piece);
      if (received === doc.size && (await drafts.put({ ...doc, state: 'importing' })) !== undefined) start(id);
      return received;
    },

    /** A published course as a draft, to be edited. */
    async reopen(by: string, course: Course): Promise<DraftRow> {
      const { _id } = course;
      const keys: AnswerKey[] = [];
      for (const { id: chapter, form, file } of course.chapters) {
        const key = form === 'evaluation' ? await findKey(couch, _id, file.sha256) : undefined;
        if (key) keys.push({ chapter, file: file.sha256, quiz: key.quiz });
      }
      const doc: DraftDoc = {
        _id: docId('draft', uuidv7()),
        type: 'draft',
        by,
        name: course.title,
        size: course.size,
        state: 'ready',
        changedAt: new Date().toISOString(),
        of: _id,
        content: {
          course: v.parse(courseContent, course),
          files: allFilesOf(course).map(({ sha256, type }) => ({ sha256, type })),
          keys,
          fingerprint: _id,
          removed: []
        }
      };
      await drafts.put(doc);
      return row(doc);
    },

    async show(id: string): Promise<Draft | undefined> {
      const doc = await drafts.get(id);
      if (!doc) return undefined;
      const { content, smaller } = doc;
      return {
        ...(await row(doc)),
        rev: doc._rev ?? '',
        removed: content?.removed ?? [],
        canTranscode: await canTranscode(),
        ...(content && { course: content.course, quizzes: await quizzesOf(content, (sha256) => read(id, sha256)) }),
        ...(smaller && { smaller })
      };
    },

    /** A file that a draft names; undefined for any other. */
    async file(id: string, sha256: string): Promise<Uint8Array | undefined> {
      const doc = await drafts.get(id);
      const named = doc?.content && allFilesOf(doc.content.course).some((file) => file.sha256 === sha256);
      return named ? read(id, sha256) : undefined;
    },

    /** False when the draft is not there, not read yet, or has been edited from elsewhere since `rev`. */
    async edit(id: string, edit: DraftEdit): Promise<boolean> {
      const doc = await drafts.get(id);
      if (!doc?.content || doc._rev !== edit.rev) return false;
      const { content, fresh } = applyEdit(doc.content, edit);
      const files = await drafts.filesOf(id);
      for (const { body } of fresh) await files.put(body);
      return (await drafts.put({ ...doc, content })) !== undefined;
    },

    /** Makes pictures or recordings of a draft smaller; answers false when there is none. */
    async shrink(id: string, what: What): Promise<boolean> {
      const doc = await drafts.get(id);
      if (!doc?.content) return false;
      const bodies = new Map((await drafts.bodies(doc)).map((file) => [file.sha256, file]));
      for (const { sha256, type } of doc.content.files) {
        const body = bodies.has(sha256) ? undefined : await read(id, sha256);
        if (body) bodies.set(sha256, { sha256, type, body });
      }
      const { course, files, before, after } = await makeSmaller(doc.content.course, [...bodies.values()], what);
      const store = await drafts.filesOf(id);
      for (const { body } of files) await store.put(body);
      const content = { ...doc.content, course, files: files.map(({ sha256, type }) => ({ sha256, type })) };
      return (await drafts.put({ ...doc, content, smaller: { before, after } })) !== undefined;
    },

    /** Throws a draft away, ending what is being done with it; false when there is none. */
    async discard(id: string): Promise<boolean> {
      const doc = await drafts.get(id);
      if (!doc) return false;
      running.get(id)?.abort();
      await drafts.remove(doc);
      return true;
    },

    /** Puts a draft into the catalogue, as a new course or a new edition; undefined when it is not ready. */
    async publish(id: string, note: string): Promise<Course | undefined> {
      const doc = await drafts.get(id);
      if (!doc?.content) return undefined;
      const imported = { ...doc.content, files: await drafts.bodies(doc) };
      const options = { publisher: imported.course.publisher ?? PUBLISHER };
      const same = doc.of ?? docId('course', uuidOf(imported.fingerprint));
      const old = await findCourse(couch, same);
      const course = old
        ? await publishEdition({ couch, media }, old, imported, { ...options, note })
        : await publishCourse({ couch, media }, imported, options);
      await drafts.remove(doc);
      return course;
    }
  };
}

export type Desk = ReturnType<typeof openDesk>;
