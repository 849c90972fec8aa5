import { chapterText } from '$lib/domain/documents/chapter-text';
import type { ChapterEntry, Course } from '$lib/domain/documents/course';
import type { Store } from '$lib/store/types';
import { readChapter } from '../course-media';
import { find, type Hit } from './find';

/** What the search has found in one chapter, and how far it is. */
export interface Step {
  index: number;
  entry: ChapterEntry;
  hits: Hit[];
  /** The chapter is not on this device, or broken. */
  unread: boolean;
}

const PER_CHAPTER = 30;
const PER_BOOK = 500;

/** Longest time without a rest, ms: typing and scrolling go on while a book is searched. */
const BUSY = 12;

const rest = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });

/** Searches the text chapters of a course one after another, from this device; ends early when `signal` is aborted. */
export async function* searchBook(
  store: Store,
  course: Course,
  query: string,
  signal: AbortSignal
): AsyncGenerator<Step> {
  let found = 0;
  let since = performance.now();
  for (const [index, entry] of course.chapters.entries()) {
    if (signal.aborted || found >= PER_BOOK) return;
    if (entry.form !== 'text') continue;
    const chapter = await readChapter(store, entry).catch(() => undefined);
    const hits = chapter ? find(query, chapterText(chapter.nodes).text, PER_CHAPTER) : [];
    found += hits.length;
    yield { index, entry, hits, unread: !chapter };
    if (performance.now() - since < BUSY) continue;
    await rest();
    since = performance.now();
  }
}
