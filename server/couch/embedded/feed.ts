import type { FastifyReply } from 'fastify';
import { PIECE, sendPieces, type Pieces } from './pieces.ts';
import type { Signal } from './store/signal.ts';

/** The body of `_changes` and `_db_updates`: normal, longpoll or continuous, read page by page. */

export type FeedMode = 'normal' | 'longpoll' | 'continuous';

/** CouchDB's default `timeout` and `heartbeat=true`, in milliseconds. */
export const FEED_TIMEOUT = 60_000;

export interface Page {
  rows: unknown[];
  /** Where to read on. */
  last: number;
  /** Whether there may be more now. */
  more: boolean;
}

export interface FeedSource {
  signal: Signal;
  pageSize: number;
  read(since: number, limit: number): Promise<Page>;
  /** The fields of the closing object, after reading up to `last`. */
  end(last: number, complete: boolean): Promise<Record<string, unknown>>;
}

export interface FeedOptions {
  mode: FeedMode;
  since: number;
  limit: number;
  /** Milliseconds between empty lines; when given there is no timeout. */
  heartbeat: number | undefined;
  timeout: number;
}

async function* body(source: FeedSource, options: FeedOptions, abort: AbortSignal): Pieces {
  const lines = options.mode === 'continuous';
  const deadline = options.heartbeat === undefined ? Date.now() + options.timeout : Infinity;
  let { since, limit } = options;
  let complete = true;
  let sent = 0;
  let text = lines ? '' : '{"results":[\n';
  for (;;) {
    const { version } = source.signal;
    const page = await source.read(since, Math.min(limit, source.pageSize));
    if (page.rows.length > 0) {
      const rows = page.rows.map((row) => JSON.stringify(row));
      text += lines ? `${rows.join('\n')}\n` : `${sent > 0 ? ',\n' : ''}${rows.join(',\n')}`;
    }
    sent += page.rows.length;
    limit -= page.rows.length;
    since = page.last;
    complete = !page.more;
    if (limit <= 0 || abort.aborted) break;
    if (text.length >= PIECE) {
      yield text;
      text = '';
    }
    if (page.more) continue;
    if (options.mode === 'normal' || (options.mode === 'longpoll' && sent > 0)) break;
    // Shows that the request was heard, before a wait.
    if (text !== '') yield text;
    text = '';
    while (source.signal.version === version && Date.now() < deadline && !abort.aborted && !source.signal.closed) {
      await source.signal.wait(version, Math.min(deadline - Date.now(), options.heartbeat ?? FEED_TIMEOUT), abort);
      if (options.heartbeat !== undefined && source.signal.version === version) yield '\n';
    }
    if (source.signal.version === version || source.signal.closed) break;
  }
  const end = JSON.stringify(await source.end(since, complete));
  return text + (lines ? `${end}\n` : `\n],\n${end.slice(1)}\n`);
}

/** Sends the feed; whatever ends the response (also a vanished client) calls `release` once. */
export function sendFeed(reply: FastifyReply, source: FeedSource, options: FeedOptions, release: () => void) {
  const abort = new AbortController();
  const ended = () => {
    if (abort.signal.aborted) return;
    // With a reason of its own: the default one is an error with a stack, for each answer.
    abort.abort('ended');
    release();
  };
  if (reply.raw.destroyed) ended();
  else reply.raw.once('close', ended);
  return sendPieces(reply, body(source, options, abort.signal));
}
