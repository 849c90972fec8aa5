import { SYNC_TYPE, SYNC_VERSION, type SyncRequest } from '$lib/domain/sync-protocol';
import { failureOf, SyncFailure } from '../failure';
import { readAll, readChunks, SILENCE } from '../patience';
import type { SyncStore } from '../port';
import type { Api } from '../tokens';
import { createApplying } from './applying';
import { createBlocks } from './blocks';
import { parseLines } from './ndjson';

export interface PullRequest {
  api: Api;
  store: Pick<SyncStore, 'applyShared' | 'checkpoint'>;
  /** Followed databases, first needed first. */
  sources: string[];
  /** Sequence of the own database that has been pulled. */
  own: string | undefined;
  /** Seconds that the server may hold the request while there is nothing new. */
  wait: number;
  signal: AbortSignal;
  /** Called with the number of rows each time some arrived. */
  onRows?: (count: number) => void;
}

export interface PullResult {
  /** Set when the own database has moved on. */
  own: string | undefined;
  /** The server's clock when the answer was whole, ms since 1970. */
  now: number;
  rows: number;
}

/**
 * One `POST /sync`: applies the answer block by block while it streams. Whole blocks that came before a cut stay, and
 * the next call goes on from there.
 * @throws SyncFailure
 */
export async function pullShared(request: PullRequest): Promise<PullResult> {
  const { api, store, sources, wait, signal, onRows } = request;
  const silence = wait * 1000 + SILENCE;
  const response = await api.fetch('/sync', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: SYNC_TYPE },
    body: JSON.stringify(await bodyOf(request)),
    signal,
    patience: silence
  });
  await check(response, sources, signal);

  const blocks = createBlocks(sources.length);
  const result: PullResult = { own: undefined, now: 0, rows: 0 };
  const applying = createApplying((source, block) => store.applyShared(source, block));
  let whole = false;
  try {
    for await (const rows of parseLines(readChunks(response, { signal, silence }))) {
      const carrying = rows.filter((row) => Array.isArray(row) && row[0] !== 'e').length;
      result.rows += carrying;
      if (carrying) onRows?.(carrying);
      for (const row of rows) {
        const step = blocks.take(row);
        const source = step?.kind === 'block' ? sources[step.source] : undefined;
        if (step?.kind === 'block' && source !== undefined) await applying.take(source, step.block);
        if (step?.kind === 'own') result.own = step.sequence;
        if (step?.kind === 'end') {
          result.now = step.now;
          whole = true;
        }
      }
    }
  } finally {
    await applying.end();
  }
  if (!whole) throw new SyncFailure('offline');
  return result;
}

/** Throws what a bad answer stands for. A 403 of the gateway names the sources that are closed to this person. */
async function check(response: Response, sources: string[], signal: AbortSignal): Promise<void> {
  const failure = failureOf(response);
  if (!failure) return;
  const body = new TextDecoder().decode(await readAll(response, signal));
  if (failure.code !== 'forbidden') throw failure;
  const closed = sources.filter((name) => body.split(/[^a-z0-9-]+/).includes(name));
  throw new SyncFailure('forbidden', { status: failure.status, sources: closed });
}

async function bodyOf({ store, sources, own, wait }: PullRequest): Promise<SyncRequest> {
  const checkpoints = await Promise.all(sources.map((name) => store.checkpoint(name)));
  return {
    version: SYNC_VERSION,
    sources: sources.map((name, index) => {
      const checkpoint = checkpoints[index];
      return checkpoint === undefined ? { name } : { name, checkpoint };
    }),
    ...(own !== undefined && { own }),
    wait
  };
}
