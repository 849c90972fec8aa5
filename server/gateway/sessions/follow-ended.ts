import { REGISTRY } from '../../../src/lib/domain/databases.ts';
import type { Couch } from '../../couch/types.ts';
import { request } from '../../registry/database.ts';
import type { Hub } from '../sync/hub.ts';
import { isSessionId, sessionOf } from './documents.ts';
import type { EndedSessions } from './ended.ts';

interface Changes {
  results: { id: string; deleted?: boolean }[];
  last_seq: string | number;
}

/** Longest wait between two looks, and the pause after one that failed, ms. */
const LOOK = 60_000;
const PAUSE = 2_000;

/** Changes looked at when the gateway starts: sessions that ended just before may have access tokens that still live. */
const BEFORE = 1_000;

/**
 * Notes the sessions that others ended: the operator's command line, another gateway. Follows the registry until the
 * signal aborts; only ids are read.
 */
export async function followEnded(
  couch: Couch,
  hub: Pick<Hub, 'changed' | 'mark'>,
  ended: EndedSessions,
  signal: AbortSignal
): Promise<void> {
  const ask = (query: Record<string, string>): Promise<Changes> =>
    request<Changes>(couch, 'gateway', `/${REGISTRY}/_changes?${new URLSearchParams(query)}`);
  const note = ({ results }: Changes): void => {
    for (const { id, deleted } of results) if (deleted && isSessionId(id)) ended.add(sessionOf(id));
  };
  let since: string | number | undefined;
  while (!signal.aborted) {
    const mark = hub.mark();
    try {
      if (since === undefined) {
        const { last_seq: now } = await ask({ since: 'now' });
        note(await ask({ descending: 'true', limit: String(BEFORE) }));
        since = now;
      }
      const page = await ask({ since: String(since) });
      note(page);
      since = page.last_seq;
      await hub.changed([REGISTRY], mark, LOOK, signal);
    } catch {
      // The registry is away: nobody can end a session there either.
      await hub.changed([], mark, PAUSE, signal);
    }
  }
}
