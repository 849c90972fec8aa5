import type { Topic } from '$lib/domain/documents/post';
import type { FeedEntry, FeedQuery } from '$lib/store/store-api';
import type { Store } from '$lib/store/types';
import type { Echo, Part } from './part.svelte';

/** As many posts as the feed begins with. */
export const PAGE = 20;

/** As many as a part further down begins with: it is drawn while a thumb moves, and all of it in one frame. */
const LOWER = 8;

/** What a reading of a part found: its posts, and those that belong to the part below. */
export interface Reading {
  entries: FeedEntry[];
  /** Set when the part has become too long: the time where it ends from now on. */
  cut?: number;
  /** Posts below the cut that were read along the way. */
  rest: FeedEntry[];
}

export interface Filter {
  channels?: string[];
  topic?: Topic;
}

/**
 * Reads a part once. A part that arriving posts have made twice as long as it began is read anew at that length, so that
 * the rest of it can become a part of its own.
 */
export async function readPart(
  store: Store,
  filter: Filter,
  { before, from }: Pick<Part, 'before' | 'from'>
): Promise<Reading> {
  const length = before === Infinity ? PAGE : LOWER;
  const query = (limit: number): FeedQuery => ({ ...filter, before, from, limit });
  let page = await store.feedPage(query(from === undefined ? length : 2 * length));
  let rest: FeedEntry[] = [];
  if (from !== undefined && page.next !== undefined) {
    const all = page.entries;
    page = await store.feedPage(query(length));
    const kept = new Set(page.entries.map((entry) => entry.id));
    rest = all.filter((entry) => !kept.has(entry.id));
  }
  return { entries: page.entries, cut: page.next, rest };
}

/** Reads what others said to posts. */
export async function readEcho(store: Store, ids: string[]): Promise<Echo> {
  const [reactions, comments] = await Promise.all([store.reactions(ids), store.commentCounts(ids)]);
  return { reactions, comments };
}
