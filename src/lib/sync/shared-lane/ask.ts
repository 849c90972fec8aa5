import * as v from 'valibot';
import { apiError } from '$lib/domain/api';
import { spokenVersions, SYNC_TYPE, SYNC_VERSIONS, TOO_NEW, type SyncQuestion } from '$lib/domain/sync-protocol';
import { failureOf, SyncFailure } from '../failure';
import { readAll } from '../patience';
import type { Api } from '../tokens';

/** Time after which a server that spoke only an older version is asked in the newest again, ms. */
const UPDATED = 3_600_000;

/** Asks `POST /sync`, in the newest version of the protocol that the server speaks as well. */
export interface Ask {
  /**
   * The good answer.
   * @param patience longest wait for its head, ms
   * @throws SyncFailure `too-old` or `server-old` when there is no such version
   */
  (question: SyncQuestion, patience: number, signal: AbortSignal): Promise<Response>;
}

export function createAsk(api: Pick<Api, 'fetch'>, clock: () => number = () => performance.now()): Ask {
  /** The newest version that the server has not refused, and until when that is believed. */
  let known = { version: Number.POSITIVE_INFINITY, until: 0 };

  return async (question, patience, signal) => {
    const newest = clock() < known.until ? known.version : Number.POSITIVE_INFINITY;
    for (const version of spokenVersions().filter((one) => one <= newest)) {
      const response = await api.fetch('/sync', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: SYNC_TYPE },
        body: JSON.stringify(SYNC_VERSIONS.get(version)?.write(question)),
        signal,
        patience
      });
      const failure = await failureIn(response, question, signal);
      if (!failure) return response;
      if (failure !== TOO_NEW) {
        if (failure.code === 'too-old') known.until = 0;
        throw failure;
      }
      known = { version: version - 1, until: clock() + UPDATED };
    }
    known.until = 0;
    throw new SyncFailure('server-old');
  };
}

/** What a bad answer stands for. A 403 of the gateway names the sources that are closed to this person. */
async function failureIn(
  response: Response,
  { sources }: SyncQuestion,
  signal: AbortSignal
): Promise<SyncFailure | typeof TOO_NEW | undefined> {
  const failure = failureOf(response);
  if (!failure) return undefined;
  const body = new TextDecoder().decode(await readAll(response, signal));
  if (failure.code === 'refused' && codeIn(body) === TOO_NEW) return TOO_NEW;
  if (failure.code !== 'forbidden') return failure;
  const closed = sources.map(({ name }) => name).filter((name) => body.split(/[^a-z0-9-]+/).includes(name));
  return new SyncFailure('forbidden', { status: failure.status, sources: closed });
}

const parsed = v.pipe(v.string(), v.parseJson(), apiError);

/** The code of an error answer; undefined when it is not one of the gateway. */
function codeIn(body: string): string | undefined {
  const error = v.safeParse(parsed, body);
  return error.success ? error.output.code : undefined;
}
