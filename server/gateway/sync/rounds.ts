import { personDatabase } from '../../../src/lib/domain/databases.ts';
import { SYNC_WAIT_MAX, type SyncRequest, type SyncRow } from '../../../src/lib/domain/sync-protocol.ts';
import type { Hub } from './hub.ts';
import { line } from './line.ts';
import type { ReadOwn } from './own.ts';
import type { Pages } from './pages.ts';
import { readSource } from './source.ts';

export interface RoundParts {
  hub: Hub;
  pages: Pages;
  own: ReadOwn;
}

/** What is new for a device, by database, not yet read. */
export type News = AsyncGenerator<string>[];

export interface Rounds {
  /** What is new, as soon as there is something; nothing when the time to hold the request is over. */
  next(): Promise<News>;
  /** Portions of this round and those that follow within the time, while `mayGoOn` says so before each. */
  all(first: News, mayGoOn: () => Promise<boolean>): AsyncGenerator<string>;
}

/** A held request ends a little before the device's own patience does. */
const LONGEST_HOLD = (SYNC_WAIT_MAX - 1) * 1000;

/** The last row; to the second, so that devices that come together get the same bytes, compressed once. */
export const lastRow = (): string => line(['e', Math.floor(Date.now() / 1000) * 1000]);

/**
 * The rows of one round: one portion of each source first, because every part of the first screen wants something to
 * show, then source by source in the device's order.
 */
export async function* rowsOf(news: News): AsyncGenerator<string> {
  yield* portionsOf(news);
  yield lastRow();
}

/** The same without the last row. */
export async function* portionsOf(news: News): AsyncGenerator<string> {
  for (const portions of news) {
    const first = await portions.next();
    if (!first.done) yield first.value;
  }
  for (const portions of news) yield* portions;
}

/** Where the device stands once it has this portion: its last row says so. */
function advance(asked: SyncRequest, portion: string): void {
  const row = JSON.parse(portion.slice(portion.lastIndexOf('\n', portion.length - 2) + 1)) as SyncRow;
  if (row[0] === 'o') asked.own = row[1];
  const source = row[0] === 'c' ? asked.sources[row[1]] : undefined;
  if (source && row[0] === 'c') source.checkpoint = row[2] || undefined;
}

type Shared = Pick<RoundParts, 'hub' | 'pages'>;

/** One cheap look per shared database. */
const lookAt = (parts: Shared, sources: SyncRequest['sources']): Promise<(News[number] | undefined)[]> =>
  Promise.all(sources.map(({ name, checkpoint }, index) => readSource(parts, index, name, checkpoint)));

const found = (news: (News[number] | undefined)[]): News => news.filter((portions) => portions !== undefined);

/** What is new in shared databases. */
export const newsOf = async (parts: Shared, sources: SyncRequest['sources']): Promise<News> =>
  found(await lookAt(parts, sources));

/** The same, with the own database first. */
async function look(parts: RoundParts, person: string, asked: SyncRequest): Promise<News> {
  const [own, shared] = await Promise.all([parts.own(person, asked.own), lookAt(parts, asked.sources)]);
  return found([own, ...shared]);
}

/** Follows the databases of one request. In a live answer `asked` moves on with what was sent. */
export function openRounds(parts: RoundParts, person: string, asked: SyncRequest, signal: AbortSignal): Rounds {
  const { hub } = parts;
  const databases = [personDatabase(person), ...asked.sources.map(({ name }) => name)];
  const until = performance.now() + Math.min((asked.wait ?? 0) * 1000, LONGEST_HOLD);
  let mark = 0;

  /** Waits until something may have happened; whether there was time for it. */
  async function waited(): Promise<boolean> {
    const rest = until - performance.now();
    if (rest <= 0 || signal.aborted || hub.stopped) return false;
    await hub.changed(databases, mark, rest, signal);
    return !signal.aborted;
  }

  async function next(): Promise<News> {
    for (;;) {
      mark = hub.mark();
      const news = await look(parts, person, asked);
      if (news.length > 0 || !(await waited())) return news;
    }
  }

  return {
    next,
    async *all(first, mayGoOn) {
      for (let news = first; news.length > 0; news = await next()) {
        let kept = '';
        for await (const portion of portionsOf(news)) {
          advance(asked, portion);
          if (kept) yield kept;
          kept = portion;
        }
        yield kept + lastRow();
        if (!(await waited()) || !(await mayGoOn())) return;
      }
    }
  };
}
