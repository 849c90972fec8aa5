import { decodeCheckpoint, encodeCheckpoint, sameSeq, type Checkpoint } from './checkpoint.ts';
import type { Hub } from './hub.ts';
import { line } from './line.ts';
import type { Pages } from './pages.ts';
import type { Step } from './step.ts';
import { windowStart, windowSteps } from './window.ts';

/** A block ends at the first checkpoint after so many characters: what a cut may cost. */
const BLOCK = 4 * 1024;
/** Blocks travel together, because pushing out what the encoder holds costs bytes; the first ones are waited for. */
const FIRST_PORTION = 16 * 1024;
const PORTION = 64 * 1024;

const CHANGES_PAGE = 1_000;

/** Changes since the checkpoint, page by page, oldest first. */
async function* changeSteps(pages: Pages, database: string, start: Checkpoint): AsyncGenerator<Step[]> {
  const { incarnation } = start;
  let seq = start.seq;
  for (let more = true; more;) {
    const page = await pages.changes(database, seq, CHANGES_PAGE);
    const steps: Step[] = page.items.map(({ seq: at, ...item }) => ({
      ...item,
      checkpoint: at === undefined ? undefined : { incarnation, seq: at }
    }));
    ({ more, seq } = page);
    yield [...steps, { checkpoint: { incarnation, seq } }];
  }
}

async function* allSteps(pages: Pages, database: string, start: Checkpoint): AsyncGenerator<Step[]> {
  if (start.window) yield* windowSteps(pages, database, start);
  yield* changeSteps(pages, database, { incarnation: start.incarnation, seq: start.seq });
}

/** Asks for the next page while the device still takes this one. */
async function* ahead<T>(pages: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = pages.next();
  for (;;) {
    const { value, done } = await next;
    if (done) return;
    next = pages.next();
    // It is awaited in the next turn; until then, and when there is none, a failure is nobody's surprise.
    next.catch(() => undefined);
    yield value;
  }
}

/** Gathers steps into portions of lines; in them each block ends with the checkpoint that holds after it. */
async function* portionsOf(
  source: number,
  pages: AsyncGenerator<Step[]>,
  known: string | undefined
): AsyncGenerator<string> {
  let portion = '';
  let block = '';
  let enough = FIRST_PORTION;
  let place: Checkpoint | undefined;
  for await (const steps of pages) {
    for (const { id, json, checkpoint } of steps) {
      if (id !== undefined) {
        block += json === undefined ? line(['x', source, id]) : `["d",${source},${json}]\n`;
        place = undefined;
      }
      place = checkpoint ?? place;
      if (!place || block.length < BLOCK) continue;
      known = encodeCheckpoint(place);
      portion += block + line(['c', source, known]);
      block = '';
      if (portion.length < enough) continue;
      yield portion;
      portion = '';
      enough = PORTION;
    }
  }
  const last = place && encodeCheckpoint(place);
  if (last && last !== known) portion += block + line(['c', source, last]);
  if (portion) yield portion;
}

/**
 * What a device has to hear about one shared database, as portions of lines; undefined when there is nothing. A database
 * that is not there is empty: a device that has something from it is told to forget it.
 * @param source index of the database in the request
 * @param given checkpoint of the device, if it has one
 */
export async function readSource(
  { hub, pages }: { hub: Pick<Hub, 'state'>; pages: Pages },
  source: number,
  database: string,
  given: string | undefined
): Promise<AsyncGenerator<string> | undefined> {
  const state = await hub.state(database);
  if (!state) return given ? forget(source) : undefined;
  const { incarnation, seq } = state;
  const decoded = given ? decodeCheckpoint(given) : undefined;
  const known = decoded?.incarnation === incarnation ? decoded : undefined;
  if (known && !known.window && sameSeq(known.seq, seq)) return undefined;
  const start = known ?? { incarnation, seq, window: windowStart(Date.now()) };
  const portions = portionsOf(source, ahead(allSteps(pages, database, start)), known && given);
  return given && !known ? after(line(['r', source]), portions) : portions;
}

/** The empty checkpoint counts as none; it makes the device carry out the reset. */
async function* forget(source: number): AsyncGenerator<string> {
  yield line(['r', source]) + line(['c', source, '']);
}

async function* after(first: string, portions: AsyncGenerator<string>): AsyncGenerator<string> {
  let head = first;
  for await (const portion of portions) {
    yield head + portion;
    head = '';
  }
}
