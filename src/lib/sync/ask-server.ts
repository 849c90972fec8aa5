import * as v from 'valibot';
import { apiError, type ApiError } from '$lib/domain/api';
import { apiOf } from './api';
import { failureOf, SyncFailure } from './failure';
import type { SyncStore } from './port';

/** The server's reason for not doing what was asked: a stable code. Nothing has changed. */
export class ServerRefused extends Error {
  readonly code: string;
  /** How many seconds the clock of her codes is ahead; only with `clock-wrong`. */
  readonly clock: number | undefined;

  constructor({ code, clock }: Pick<ApiError, 'code' | 'clock'>) {
    super(`the server refused: ${code}`);
    this.code = code;
    this.clock = clock;
  }
}

/** Asks the server, as this person, for what only it can do. @throws ServerRefused, SyncFailure */
export async function askServer(
  store: Pick<SyncStore, 'secret' | 'setSecret' | 'changeSetting'>,
  path: string,
  body: object,
  method: 'POST' | 'DELETE' = 'POST'
): Promise<Response> {
  const response = await apiOf(store).fetch(path, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body)
  });
  if (response.ok) return response;
  const told = v.safeParse(apiError, await response.json().catch(() => undefined));
  if (told.success && response.status < 500) throw new ServerRefused(told.output);
  throw failureOf(response) ?? new SyncFailure('server');
}
