import * as v from 'valibot';
import { base, bytes, growing, idOf, line, sha256, text, timestamp } from './fields.ts';

/** A file of a course, addressed by the SHA-256 of its content: `GET /media/<sha256>`. */
export const mediaFile = growing({ sha256, size: bytes, type: v.pipe(v.string(), v.maxLength(100)) });

/** One chapter: `file` is a chapter tree (`chapter.ts`) as JSON; `images` are the pictures it shows, by content. */
export const chapterEntry = growing({
  id: line(100),
  title: line(300),
  file: mediaFile,
  images: v.array(mediaFile)
});

/** A course in the catalogue: `course:<uuid>`. `size` is what taking it offline moves, in bytes. */
export const course = growing({
  ...base('course'),
  title: line(300),
  summary: text(2_000),
  publisher: line(200),
  language: v.pipe(v.string(), v.regex(/^[a-zA-Z]{2,3}(-[A-Za-z0-9-]{2,})?$/)),
  direction: v.picklist(['ltr', 'rtl']),
  kind: v.picklist(['text', 'epub']),
  topics: v.array(line(60)),
  learningHours: v.pipe(v.number(), v.minValue(0)),
  cover: v.optional(mediaFile),
  chapters: v.pipe(v.array(chapterEntry), v.minLength(1), v.maxLength(2_000)),
  size: bytes,
  publishedAt: timestamp,
  source: v.optional(text(500))
});

/** A channel as its members see it: `channel:<uuid>` in its own database. */
export const channelInfo = growing({
  ...base('channel'),
  _id: idOf('channel'),
  title: line(200),
  kind: v.picklist(['national', 'agency', 'unit', 'community']),
  about: text(2_000),
  region: v.optional(line(20))
});

export type Course = v.InferOutput<typeof course>;
export type ChapterEntry = v.InferOutput<typeof chapterEntry>;
export type MediaFile = v.InferOutput<typeof mediaFile>;
export type ChannelInfo = v.InferOutput<typeof channelInfo>;
