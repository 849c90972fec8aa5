import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { openCouch } from '../../../server/couch/index.ts';
import { publishCourse } from '../../../server/learning/index.ts';
import { openMediaStore } from '../../../server/media/index.ts';
import type { Course } from '../../../src/lib/domain/documents/course.ts';

const REAL = '../shared/data/audio/a-shared-culture.mp3';

/** Length of a made recording, bytes: several pieces and a tail. */
const LENGTH = 3_200_044;

const sha256Of = (body: Uint8Array) => createHash('sha256').update(body).digest('hex');

/** A real recording where it lies beside the project; otherwise sound made here: 16-bit samples at 8 kHz, as a WAV. */
async function recording(): Promise<{ body: Uint8Array; type: string }> {
  if (existsSync(REAL)) return { body: new Uint8Array(await readFile(REAL)), type: 'audio/mpeg' };
  const body = new Uint8Array(LENGTH);
  const view = new DataView(body.buffer);
  body.set(new TextEncoder().encode('RIFF____WAVEfmt '));
  body.set(new TextEncoder().encode('data'), 36);
  const head: [number, number][] = [
    [4, LENGTH - 8],
    [16, 16],
    [24, 8_000],
    [28, 16_000],
    [40, LENGTH - 44]
  ];
  for (const [at, value] of head) view.setUint32(at, value, true);
  for (const [at, value] of [
    [20, 1],
    [22, 1],
    [32, 2],
    [34, 16]
  ] as const)
    view.setUint16(at, value, true);
  // A tone that rises, so that no two pieces are the same.
  for (let at = 44; at < LENGTH; at += 2) view.setInt16(at, 9_000 * Math.sin(at / (9 + at / 1e6)), true);
  return { body, type: 'audio/wav' };
}

export interface Recording {
  course: Course;
  body: Uint8Array;
  /** Where the server keeps it. */
  place: string;
}

/** Publishes a recording as a course of one chapter into the data of a test server. */
export async function publishRecording(data: string, title: string): Promise<Recording> {
  const { body, type } = await recording();
  const file = { sha256: sha256Of(body), size: body.length, type };
  const couch = await openCouch({ data, couchUrl: undefined });
  try {
    const media = await openMediaStore(path.join(data, 'media'));
    const course = await publishCourse(
      { couch, media },
      {
        course: {
          title,
          summary: 'Satu rekaman.',
          language: 'id',
          direction: 'ltr',
          kind: 'podcast',
          chapters: [{ id: 'rekaman', title: 'Rekaman', form: 'audio', file, images: [], minutes: 3 }],
          size: body.length
        },
        files: [{ ...file, body }],
        fingerprint: file.sha256,
        removed: []
      },
      { publisher: 'LAN' }
    );
    return { course, body, place: path.join(data, 'media', file.sha256.slice(0, 2), file.sha256) };
  } finally {
    await couch.close();
  }
}
