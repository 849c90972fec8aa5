import * as v from 'valibot';
import { apiError, DEVICE_LOST, sessionGrant } from '$lib/domain/api';
import { failureOf, SyncFailure } from './failure';
import { SILENCE, within } from './patience';
import type { SyncStore } from './port';
import { SECRET } from './secrets';
import { UNCOUNTED, type Meter } from './usage/meter';

/** What a request of this person looks like. `patience`: longest wait for the head of the answer, ms. */
export interface AuthorizedInit extends RequestInit {
  patience?: number;
}

/** The server, spoken to as this person. */
export interface Api {
  readonly base: string;
  /**
   * A request with a fresh access token. Answers of every status but 401 come back as they are.
   * @throws SyncFailure `offline`, `signed-out`, `lost`, `aborted`, or `server` when the token could not be renewed
   */
  fetch(path: string, init?: AuthorizedInit): Promise<Response>;
  /** Whether anybody answers at all; costs one small request. */
  reachable(signal: AbortSignal): Promise<boolean>;
}

/** A token is renewed when less than this is left of its life, ms. */
const MARGIN = 30_000;

/** Nothing of an answer may reach the disk, no cookie travels, and no address is told to anybody. */
const PRIVATE: RequestInit = { cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer' };

type Secrets = Pick<SyncStore, 'secret' | 'setSecret'>;

async function codeOf(response: Response): Promise<string | undefined> {
  const body: unknown = await within(response.json(), SILENCE).catch(() => undefined);
  return v.is(apiError, body) ? body.code : undefined;
}

/** Speaks to the server with the session that `keepSession` put into the store; the access token stays in memory. */
export function createApi(store: Secrets, base = '', meter: Meter = UNCOUNTED): Api {
  let access: { token: string; until: number } | undefined;
  let renewal: Promise<string> | undefined;
  /** A refresh token that the server has ended; it is not asked again until there is another one. */
  let ended: string | undefined;

  async function ask(path: string, init: AuthorizedInit): Promise<Response> {
    const { patience = SILENCE, signal, ...rest } = init;
    const cut = new AbortController();
    const abort = () => cut.abort();
    signal?.addEventListener('abort', abort);
    try {
      meter.sent(path, rest);
      const answer = fetch(base + path, { ...rest, ...PRIVATE, signal: signal?.aborted ? signal : cut.signal });
      return meter.answer(await within(answer, patience, signal ?? undefined));
    } catch (error) {
      cut.abort();
      throw error;
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  async function renew(): Promise<string> {
    const refresh = await store.secret(SECRET.refresh);
    if (refresh === undefined || refresh === ended) throw new SyncFailure('signed-out');
    const response = await ask('/api/session/refresh', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ refresh })
    });
    if (response.status === 401) ended = refresh;
    if (response.status === 403 && (await codeOf(response)) === DEVICE_LOST) throw new SyncFailure('lost');
    const failure = failureOf(response);
    if (failure) throw failure;
    const grant = v.safeParse(sessionGrant, await within(response.json(), SILENCE));
    if (!grant.success) throw new SyncFailure('server');
    // The life of the token is measured by the server's clock: this device's may be years off.
    const life = Date.parse(grant.output.accessExpiresAt) - Date.parse(grant.output.now);
    access = { token: grant.output.access, until: performance.now() + life - MARGIN };
    if (grant.output.refresh !== refresh) await store.setSecret(SECRET.refresh, grant.output.refresh);
    return grant.output.access;
  }

  function token(): Promise<string> {
    if (access && performance.now() < access.until) return Promise.resolve(access.token);
    renewal ??= renew().finally(() => (renewal = undefined));
    return renewal;
  }

  async function send(path: string, init: AuthorizedInit, bearer: string): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${bearer}`);
    return ask(path, { ...init, headers });
  }

  return {
    base,
    async fetch(path, init = {}) {
      const bearer = await token();
      const response = await send(path, init, bearer);
      if (response.status !== 401) return response;
      if (access?.token === bearer) access = undefined;
      const again = await send(path, init, await token());
      if (again.status === 401) throw new SyncFailure('signed-out', { status: 401 });
      return again;
    },
    async reachable(signal) {
      try {
        const response = await ask('/api/health', { method: 'HEAD', signal, patience: 10_000 });
        return response.status < 500;
      } catch {
        return false;
      }
    }
  };
}
