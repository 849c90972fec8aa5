import type { DeliveredPost } from '$lib/domain/documents/post';
import { suffixOf, timeOfUuid } from '$lib/domain/ids';

/** Posts of one pack at most; characters of their texts at most, so that a page of the feed opens little. */
const MOST = 32;
const MOST_TEXT = 32_768;
/** Posts that are worth a pack. */
const FEWEST = 8;
/** How far the server's time may be from the time in the id, ms: who was offline for longer would tear a pack apart. */
const PROMPT = 5 * 60_000;

/** What the packs of a source span: ids from `first` to `last`, times of receipt from `from` to `at`, ms. */
export interface Bounds {
  first: string;
  last: string;
  from: number;
  at: number;
}

export interface Packing {
  packs: DeliveredPost[][];
  /** Posts that get a row each. */
  singles: DeliveredPost[];
  /** The bounds with the new packs. */
  bounds: Bounds | undefined;
}

export const receivedAt = (post: DeliveredPost): number => Date.parse(post.receivedAt);

const isPrompt = (post: DeliveredPost): boolean =>
  Math.abs(receivedAt(post) - timeOfUuid(suffixOf(post._id))) <= PROMPT;

/** Bounds of posts alone. */
export function boundsOf(posts: DeliveredPost[]): Bounds {
  const ids = posts.map((post) => post._id).sort();
  const times = posts.map(receivedAt);
  return { first: ids.at(0) ?? '', last: ids.at(-1) ?? '', from: Math.min(...times), at: Math.max(...times) };
}

/** Whether an id may stand in a pack. */
export const isWithin = (bounds: Bounds | undefined, id: string): boolean =>
  !!bounds && id >= bounds.first && id <= bounds.last;

const union = (a: Bounds | undefined, b: Bounds): Bounds =>
  a
    ? {
        first: a.first < b.first ? a.first : b.first,
        last: a.last > b.last ? a.last : b.last,
        from: Math.min(a.from, b.from),
        at: Math.max(a.at, b.at)
      }
    : b;

/**
 * Parts posts into packs and singles so that no two packs of a source overlap, neither in ids nor in times: then one
 * look into an index finds the pack of an id, and the one that a time falls into.
 */
export function packingOf(posts: DeliveredPost[], before: Bounds | undefined): Packing {
  const packing: Packing = { packs: [], singles: [], bounds: before };
  let open: DeliveredPost[] = [];
  const close = (): void => {
    if (open.length < FEWEST) packing.singles.push(...open);
    else {
      packing.packs.push(open);
      packing.bounds = union(packing.bounds, boundsOf(open));
    }
    open = [];
  };
  const pack = (post: DeliveredPost, fits: boolean): void => {
    if (!fits || !isPrompt(post)) {
      packing.singles.push(post);
      return;
    }
    open.push(post);
    if (open.length >= MOST || open.reduce((sum, { text }) => sum + text.length, 0) >= MOST_TEXT) close();
  };
  const older = (post: DeliveredPost): boolean => {
    const { bounds } = packing;
    return !bounds || (post._id < bounds.first && receivedAt(post) < bounds.from);
  };
  const newer = (post: DeliveredPost): boolean => {
    const { bounds } = packing;
    return !!bounds && post._id > bounds.last && receivedAt(post) > bounds.at;
  };
  const sorted = posts.toSorted((a, b) => (a._id < b._id ? 1 : -1));
  const later = before ? sorted.filter((post) => post._id > before.last).reverse() : [];
  for (const post of later) pack(post, newer(post));
  close();
  for (const post of sorted.slice(later.length)) pack(post, older(post));
  close();
  return packing;
}
