import type { Course, MediaFile } from '$lib/domain/documents/course';
import type { Store } from '$lib/store/types';
import { browserSavesData, savesData } from '$lib/sync/data-saver';

/** Largest cover that is fetched unasked, bytes. */
const SMALL = 30_000;

/** Covers of one visit: what is further down comes when somebody gets there. */
const MOST = 40;

/** Those covers that may be fetched unasked and are not here. */
export async function missingCovers(store: Pick<Store, 'hasPieces'>, courses: readonly Course[]): Promise<MediaFile[]> {
  const small = courses.flatMap(({ cover }) => (cover && cover.size <= SMALL ? [cover] : []));
  const wanted = [...new Map(small.map((cover) => [cover.sha256, cover])).values()].slice(0, MOST);
  const here = await store.hasPieces(wanted.map(({ sha256 }) => sha256));
  return wanted.filter(({ sha256 }) => !here.has(sha256));
}

/**
 * Fetches small covers one after the other, unless this person wants to spend little; they are kept like other files. The
 * first one that does not come ends it: there is no signal, or no space, and nobody waits for a cover.
 */
export async function fetchCovers(store: Store, courses: readonly Course[], signal: AbortSignal): Promise<void> {
  if (await savesData(store, browserSavesData())) return;
  const missing = await missingCovers(store, courses);
  if (missing.length === 0) return;
  const { downloadCourse } = await import('$lib/sync/media');
  try {
    for (const cover of missing) await downloadCourse(store, { cover, chapters: [] }, { signal });
  } catch {
    return;
  }
}
