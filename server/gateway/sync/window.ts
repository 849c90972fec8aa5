import { parseDatabase } from '../../../src/lib/domain/databases.ts';
import { suffixOf, timeOfUuid, uuidFloor } from '../../../src/lib/domain/ids.ts';
import { LATE_PREFIX } from '../../late.ts';
import type { Checkpoint, WindowPlace } from './checkpoint.ts';
import { lateSteps } from './late-steps.ts';
import type { Pages } from './pages.ts';
import type { Step } from './step.ts';

const HOUR = 3_600_000;

/** What a first visit to a channel brings (DESIGN §3), ms; the device forgets what is older. */
export const WINDOW_MS = 30 * 24 * HOUR;

/** In a quiet channel so many of the newest posts come whatever their age. */
export const POSTS_AT_LEAST = 50;

/** Pages grow: the first ones are small so that the first screen comes soon. */
const FIRST_PAGE = 51;
const LARGEST_PAGE = 1_000;

interface Range {
  /** Ids start with it. */
  prefix: string;
  /** Whether ids are time-ordered and only the newest belong to the window. */
  timed: boolean;
}

/**
 * Newest posts first; a reaction's id begins with its post's, so the same bound serves. Then what came under old ids.
 * Checkpoints name a range by its number, so a new one stands last.
 */
const CHANNEL: readonly Range[] = [
  { prefix: 'channel:', timed: false },
  { prefix: 'post:', timed: true },
  { prefix: 'comment:', timed: true },
  { prefix: 'reaction:', timed: true },
  { prefix: LATE_PREFIX, timed: true },
  { prefix: 'takers:', timed: false }
];

/** All documents; ids begin with a letter, design documents do not. */
const WHOLE: readonly Range[] = [{ prefix: '', timed: false }];

/** The ranges of a database's first visit, in the order of their sending. */
export const rangesOf = (database: string): readonly Range[] =>
  parseDatabase(database)?.kind === 'channel' ? CHANNEL : WHOLE;

/** The beginning of a first visit. The bound is a full hour, so that devices who come together read the same pages. */
export const windowStart = (now: number): WindowPlace => ({
  range: 0,
  after: '',
  posts: 0,
  floor: Math.floor((now - WINDOW_MS) / HOUR) * HOUR
});

/** Whether posts still come whatever their age. */
const isOpen = (prefix: string, place: WindowPlace): boolean => prefix === 'post:' && place.posts < POSTS_AT_LEAST;

function bounds({ prefix, timed }: Range, place: WindowPlace): { from: string; to: string } {
  if (!prefix) return { from: place.after || '~', to: 'a' };
  const whole = !timed || isOpen(prefix, place);
  // ';' follows ':', so this is above every id of the prefix.
  return { from: place.after || `${prefix.slice(0, -1)};`, to: whole ? prefix : prefix + uuidFloor(place.floor) };
}

/** The place after a document. Posts that are older than the window move its bound, so their comments come as well. */
function advance(place: WindowPlace, { prefix }: Range, id: string): WindowPlace {
  if (prefix !== 'post:') return { ...place, after: id };
  return {
    ...place,
    after: id,
    posts: Math.min(place.posts + 1, POSTS_AT_LEAST),
    floor: Math.min(place.floor, timeOfUuid(suffixOf(id)))
  };
}

/**
 * The rest of a first visit from this checkpoint, page by page, newest first; the last step leads over to `_changes`. A
 * document that moves or goes meanwhile comes again with the changes since the sequence noted before the first page.
 */
export async function* windowSteps(pages: Pages, database: string, start: Checkpoint): AsyncGenerator<Step[]> {
  const { incarnation, seq } = start;
  const ranges = rangesOf(database);
  let place = start.window ?? windowStart(Date.now());
  let limit = FIRST_PAGE;
  for (;;) {
    const range = ranges[place.range];
    if (!range) break;
    const { from, to } = bounds(range, place);
    const size = isOpen(range.prefix, place) ? FIRST_PAGE : limit;
    const page = from < to ? undefined : await pages.documents(database, from, to, size);
    const items = (page?.items ?? []).filter(({ id }) => id !== place.after);
    const late = range.prefix === LATE_PREFIX ? await lateSteps(pages, database, items) : undefined;
    const steps: Step[] = [];
    for (const { id, json } of items) {
      place = advance(place, range, id);
      const checkpoint = { incarnation, seq, window: place };
      if (late) steps.push(...(late.get(id) ?? []), { checkpoint });
      else steps.push({ id, json, checkpoint });
    }
    if (!page?.more) place = { ...place, range: place.range + 1, after: '' };
    limit = Math.min(limit * 4, LARGEST_PAGE);
    yield steps;
  }
  yield [{ checkpoint: { incarnation, seq } }];
}
