import * as v from 'valibot';
import { apiError, sessionGrant, type SessionGrant } from '$lib/domain/api';
import type { KioskProof } from '$lib/domain/kiosk';
import type { SyncStore } from './port';
import { SECRET } from './secrets';
import { ledgerOf, type UsageStore } from './usage/ledger';
import { HEAD } from './usage/meter';
import type { Traffic } from './usage/traffic';

export type SignInFailure =
  'wrong-credentials' | 'wrong-code' | 'kiosk-ended' | 'too-many-tries' | 'no-signal' | 'server-trouble';

/** Why a sign-in did not happen. Nothing was stored. */
export class SignInFailed extends Error {
  readonly code: SignInFailure;
  /** Seconds to wait before the next try; only with `too-many-tries`. */
  readonly retryAfter: number;

  constructor(code: SignInFailure, retryAfter = 0) {
    super(`sign-in failed: ${code}`);
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** The account that signed in is not the one this place on the device belongs to. */
export class OtherPerson extends Error {}

const PATIENCE = 30_000;

/** What signing in moved, until there is a place of this person to count it for. */
let moved: Partial<Traffic> = {};

/** Asks for the tokens of a device. Needs the network. @throws SignInFailed */
async function askGrant(url: string, request: object): Promise<SessionGrant> {
  let response: Response;
  let body: unknown;
  const asked = JSON.stringify(request);
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: asked,
      cache: 'no-store',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(PATIENCE)
    });
    const text = await response.text();
    moved = { up: HEAD + asked.length, down: HEAD + text.length };
    body = parsed(text);
  } catch {
    throw new SignInFailed('no-signal');
  }
  if (response.status === 401) throw new SignInFailed(whyNot(body));
  if (response.status === 429) throw new SignInFailed('too-many-tries', retryAfter(response, body));
  const grant = v.safeParse(sessionGrant, body);
  if (!response.ok || !grant.success) throw new SignInFailed('server-trouble');
  return grant.output;
}

/**
 * Asks the server for the tokens of an account. Needs the network.
 * @param base origin of the server; the page's own by default
 * @param kiosk where this browser is one: the session ends with the day
 * @throws SignInFailed
 */
export const signIn = (account: string, password: string, base = '', kiosk?: KioskProof): Promise<SessionGrant> =>
  askGrant(`${base}/api/session`, { account: account.trim(), password, ...(kiosk && { kiosk }) });

/** The same at a kiosk, with the code that a person's own phone shows. @throws SignInFailed */
export const signInByCode = (kiosk: KioskProof, code: string): Promise<SessionGrant> =>
  askGrant('/api/kiosk/session', { ...kiosk, code });

/**
 * Keeps the session of a grant, sealed, in the person's store; also after a session ended and she signed in again.
 * @throws OtherPerson when the store belongs to somebody else
 */
export async function keepSession(
  store: Pick<SyncStore, 'secret' | 'setSecret'> & UsageStore,
  grant: Pick<SessionGrant, 'person' | 'refresh'>
): Promise<void> {
  const owner = await store.secret(SECRET.person);
  if (owner !== undefined && owner !== grant.person) throw new OtherPerson('this place belongs to another account');
  await store.setSecret(SECRET.person, grant.person);
  await store.setSecret(SECRET.refresh, grant.refresh);
  ledgerOf(store).note(moved);
  moved = {};
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Which of what was shown the server did not accept. */
function whyNot(body: unknown): SignInFailure {
  const error = v.safeParse(apiError, body);
  const code = error.success ? error.output.code : '';
  return code === 'wrong-code' || code === 'kiosk-ended' ? code : 'wrong-credentials';
}

function retryAfter(response: Response, body: unknown): number {
  const error = v.safeParse(apiError, body);
  const seconds = error.success ? error.output.retryAfter : undefined;
  return seconds ?? (Number(response.headers.get('retry-after')) || 60);
}
