import type { ChapterEntry, Quality } from '../../../src/lib/domain/documents/course.ts';
import { sha256Of } from '../text.ts';
import type { CourseFile } from '../types.ts';
import { transcode } from './ffmpeg.ts';

const SPEECH = ['-vn', '-ac', '1', '-c:a', 'libopus'];
const SMALL_FILM = [
  '-vf',
  "scale=-2:'min(360,ih)'",
  '-c:v',
  'libvpx-vp9',
  '-b:v',
  '250k',
  '-row-mt',
  '1',
  '-deadline',
  'realtime',
  '-cpu-used',
  '6'
];

/** Of speech: clear enough to be listened to at length, and what little is enough to understand it. */
const WAYS: Record<'audio' | 'video', { quality: Quality; type: string; args: string[] }[]> = {
  audio: [
    { quality: 'audio', type: 'audio/webm', args: [...SPEECH, '-b:a', '24k'] },
    { quality: 'low', type: 'audio/webm', args: [...SPEECH, '-b:a', '32k'] }
  ],
  video: [
    { quality: 'audio', type: 'audio/webm', args: [...SPEECH, '-b:a', '24k'] },
    { quality: 'low', type: 'video/webm', args: [...SMALL_FILM, '-ac', '1', '-c:a', 'libopus', '-b:a', '32k'] }
  ]
};

/** What else than the original is kept of a recording; nothing that is not smaller. */
export async function variantsOf(
  entry: ChapterEntry,
  original: CourseFile
): Promise<{ quality: Quality; file: CourseFile }[]> {
  if (entry.form !== 'audio' && entry.form !== 'video') return [];
  const made: { quality: Quality; file: CourseFile }[] = [];
  for (const { quality, type, args } of WAYS[entry.form]) {
    const body = await transcode(original.body, args, 'webm');
    if (body && body.byteLength < original.body.byteLength)
      made.push({ quality, file: { sha256: sha256Of(body), type, body } });
  }
  return made;
}
