import * as v from 'valibot';
import { apiError, type ApiError } from '$lib/domain/api';
import { apiOf } from './api';
import { failureOf, SyncFailure } from './failure';
import { SILENCE, within } from './patience';
import type { SyncStore } from './port';

/** What asking as a person takes. */
export type AskingStore = Pick<SyncStore, 'secret' | 'setSecret' | 'changeSetting'>;

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

interface Question {
  /** By default POST where there is a body, otherwise GET. */
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  body?: object;
}

/** Asks the server, as this person, for what only it can do. @throws ServerRefused, SyncFailure */
export async function askServer(
  store: AskingStore,
  path: string,
  { body, method = body ? 'POST' : 'GET' }: Question = {}
): Promise<Response> {
  const sent = body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await apiOf(store).fetch(path, { method, ...sent });
  if (response.ok) return response;
  const told = v.safeParse(apiError, await within(response.json(), SILENCE).catch(() => undefined));
  if (told.success && response.status < 500) throw new ServerRefused(told.output);
  throw failureOf(response) ?? new SyncFailure('server');
}

/** The same, for an answer of this shape. @throws ServerRefused, SyncFailure */
export async function askFor<T extends v.GenericSchema>(
  schema: T,
  ...question: Parameters<typeof askServer>
): Promise<v.InferOutput<T>> {
  const response = await askServer(...question);
  const told = v.safeParse(schema, await within(response.json(), SILENCE));
  if (!told.success) throw new SyncFailure('server');
  return told.output;
}
