import type { SyncQuestion } from '$lib/domain/sync-protocol';
import { SyncFailure } from '../failure';
import { readChunks, SILENCE } from '../patience';
import type { SyncStore } from '../port';
import { createApplying } from './applying';
import type { Ask } from './ask';
import { createBlocks, type OwnNews } from './blocks';
import { parseLines } from './ndjson';

export interface PullRequest {
  ask: Ask;
  store: Pick<SyncStore, 'prepareShared' | 'checkpoint'>;
  /** Followed databases, first needed first. */
  sources: string[];
  /** Sequence of the own database that has been pulled. */
  own: string | undefined;
  /** Seconds that the server may hold the request while there is nothing new. */
  wait: number;
  signal: AbortSignal;
  /** Called with the server's clock, ms since 1970, when it begins to answer: long before the end of a first visit. */
  onHead?: (now: number) => void;
  /** Called with the number of rows each time some arrived. */
  onRows?: (count: number) => void;
  /** Called when the own database has moved on, before the rows that follow are looked at. */
  onOwn?: (news: OwnNews) => Promise<void>;
  /** Called after each round; the answer may then go on. Whether it should. */
  onRound?: (round: Round) => Promise<boolean>;
}

/** What came until the server said that this is all for now. */
export interface Round {
  /** The server's clock, ms since 1970. */
  now: number;
  rows: number;
}

/**
 * One `POST /sync`: applies the answer block by block while it streams. Whole blocks that came before a cut stay, and
 * the next call goes on from there.
 * @throws SyncFailure
 */
export async function pullShared(request: PullRequest): Promise<void> {
  const { ask, store, sources, wait, signal, onHead, onRows, onOwn, onRound } = request;
  const silence = wait * 1000 + SILENCE;
  const response = await ask(await questionOf(request), silence, signal);
  const now = Date.parse(response.headers.get('date') ?? '');
  if (Number.isFinite(now)) onHead?.(now);

  const blocks = createBlocks(sources.length);
  const applying = createApplying((...block) => store.prepareShared(...block));
  let received = 0;
  let whole = false;
  try {
    for await (const rows of parseLines(readChunks(response, { signal, silence }))) {
      const carrying = rows.filter((row) => Array.isArray(row) && row[0] !== 'e').length;
      if (carrying) onRows?.(carrying);
      for (const row of rows) {
        const step = blocks.take(row);
        whole = step?.kind === 'end';
        received += Number(!whole);
        const source = step?.kind === 'block' ? sources[step.source] : undefined;
        if (step?.kind === 'block' && source !== undefined) await applying.take(source, step.block);
        if (step?.kind === 'own') await onOwn?.(step.own);
        if (step?.kind !== 'end') continue;
        await applying.end();
        const goOn = await onRound?.({ now: step.now, rows: received });
        if (goOn === false) return;
        received = 0;
      }
    }
  } finally {
    await applying.end();
  }
  if (!whole) throw new SyncFailure('offline');
}

async function questionOf({ store, sources, own, wait, onRound }: PullRequest): Promise<SyncQuestion> {
  const checkpoints = await Promise.all(sources.map((name) => store.checkpoint(name)));
  return {
    sources: sources.map((name, index) => {
      const checkpoint = checkpoints[index];
      return checkpoint === undefined ? { name } : { name, checkpoint };
    }),
    ...(own !== undefined && { own }),
    ...(wait > 0 && { wait, live: onRound !== undefined })
  };
}
