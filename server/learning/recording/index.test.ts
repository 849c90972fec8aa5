import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mp3, mp4, opus, wav, webm } from '../testing/recordings.ts';
import { ImportRefused } from '../types.ts';
import { readRecording } from './index.ts';

const REAL = '../shared/data/audio/a-shared-culture.mp3';

const WHOLE = {
  'satu.mp3': mp3(100, { TIT2: 'Suara satu', TPE1: 'LAN', TALB: 'Siniar' }),
  'dua.wav': wav(3),
  'tiga.opus': opus(4, 'Suara tiga'),
  'empat.m4a': mp4(5, 'soun', { title: 'Suara empat' }),
  'lima.mp4': mp4(6, 'vide'),
  'enam.webm': webm(7),
  'tujuh.webm': webm(8, { video: true, codec: 'V_VP9' })
};

test('form, kind, length and words are read from the bytes', () => {
  const read = Object.entries(WHOLE).map(([name, bytes]) => readRecording(bytes, name));
  expect(read).toEqual([
    {
      form: 'audio',
      type: 'audio/mpeg',
      seconds: expect.closeTo(2.4, 6),
      title: 'Suara satu',
      author: 'LAN',
      album: 'Siniar'
    },
    { form: 'audio', type: 'audio/wav', seconds: 3 },
    { form: 'audio', type: 'audio/ogg', seconds: 4, title: 'Suara tiga' },
    { form: 'audio', type: 'audio/mp4', seconds: 5, title: 'Suara empat' },
    { form: 'video', type: 'video/mp4', seconds: 6 },
    { form: 'audio', type: 'audio/webm', seconds: 7 },
    { form: 'video', type: 'video/webm', seconds: 8 }
  ]);
});

test.each(Object.entries(WHOLE))('%s is refused wherever it is cut off', (name, bytes) => {
  // One frame less of an MP3 is not heard, so it needs more than that.
  for (let share = 1; share < 95; share += 1) {
    const part = bytes.slice(0, Math.floor((bytes.length * share) / 100));
    let read: unknown;
    try {
      read = readRecording(part, name);
    } catch (error) {
      expect(error).toBeInstanceOf(ImportRefused);
      expect((error as ImportRefused).message).toContain(name);
      continue;
    }
    // What is too short to be known as anything is no recording at all.
    expect(read).toBeUndefined();
  }
});

test('what is locked or cannot be played is refused with its name', () => {
  const refused = (bytes: Uint8Array): unknown => {
    try {
      return readRecording(bytes, 'a.bin');
    } catch (error) {
      return error;
    }
  };
  expect(refused(mp4(1, 'vide', { format: 'encv' }))).toMatchObject({ code: 'encrypted' });
  expect(refused(webm(1, { codec: 'A_AC3' }))).toMatchObject({ code: 'unreadable' });
  expect(refused(webm(1, { doc: 'matroska' }))).toMatchObject({ code: 'unreadable' });
});

test('other bytes are no recording', () => {
  for (const other of ['', 'halo', '\x89PNG\r\n\x1a\n', '%PDF-1.4', 'PK\x03\x04'])
    expect(readRecording(new Uint8Array(Buffer.from(other, 'latin1')), 'x')).toBeUndefined();
});

test('any damage is read or refused in words, never thrown at the caller', () => {
  const damage = fc.tuple(fc.constantFrom(...Object.values(WHOLE)), fc.nat(), fc.uint8Array({ maxLength: 12 }));
  fc.assert(
    fc.property(damage, ([bytes, at, patch]) => {
      const damaged = new Uint8Array(bytes);
      damaged.set(patch.subarray(0, Math.max(0, damaged.length - (at % damaged.length))), at % damaged.length);
      try {
        readRecording(damaged, 'rusak');
      } catch (error) {
        expect(error).toBeInstanceOf(ImportRefused);
      }
    }),
    { numRuns: 400 }
  );
});

test.skipIf(!existsSync(REAL))('a real MP3 is as long as it plays', () => {
  const read = readRecording(new Uint8Array(readFileSync(REAL)), REAL);
  expect(read).toMatchObject({ form: 'audio', type: 'audio/mpeg' });
  expect(read?.seconds).toBeCloseTo(204.05, 1);
});
