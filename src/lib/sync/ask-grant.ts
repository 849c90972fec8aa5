import * as v from 'valibot';
import { apiError, sessionGrant, type ApiError, type SessionGrant } from '$lib/domain/api';
import { PASSWORD_FAULTS } from '$lib/domain/password';
import { HEAD } from './usage/meter';
import type { Traffic } from './usage/traffic';

/** Codes of a 401 or 422 that the app has words for; any other means that what was shown is wrong. */
const REFUSALS = [
  'wrong-credentials',
  'wrong-code',
  'kiosk-ended',
  'wrong-passkey',
  'oidc-over',
  'code-needed',
  'wrong-factor',
  'clock-wrong',
  'factor-required',
  'ticket-over',
  ...PASSWORD_FAULTS
] as const;

export type SignInFailure = (typeof REFUSALS)[number] | 'too-many-tries' | 'no-signal' | 'server-trouble';

/** Why a sign-in did not happen. Nothing was stored. */
export class SignInFailed extends Error {
  readonly code: SignInFailure;
  /** Seconds to wait before the next try; only with `too-many-tries`. */
  readonly retryAfter: number;
  /** What the second factor needs to go on. */
  readonly more: Pick<ApiError, 'clock' | 'enrolment'>;

  constructor(code: SignInFailure, retryAfter = 0, more: Pick<ApiError, 'clock' | 'enrolment'> = {}) {
    super(`sign-in failed: ${code}`);
    this.code = code;
    this.retryAfter = retryAfter;
    this.more = more;
  }
}

const PATIENCE = 30_000;

/** What signing in moved, until there is a place of this person to count it for. */
let moved: Partial<Traffic> = {};

/** What it was; told once. */
export function takeMoved(): Partial<Traffic> {
  const taken = moved;
  moved = {};
  return taken;
}

/** Asks something on the way in. Needs the network. @throws SignInFailed */
export async function askOnTheWayIn(url: string, request: object): Promise<unknown> {
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
    const { up = 0, down = 0 } = moved;
    moved = { up: up + HEAD + asked.length, down: down + HEAD + text.length };
    body = parsed(text);
  } catch {
    throw new SignInFailed('no-signal');
  }
  if (response.status === 401 || response.status === 422) throw refusalOf(body);
  if (response.status === 429) throw new SignInFailed('too-many-tries', retryAfter(response, body));
  if (!response.ok) throw new SignInFailed('server-trouble');
  return body;
}

/** Asks for the tokens of a device. @throws SignInFailed */
export async function askGrant(url: string, request: object): Promise<SessionGrant> {
  const grant = v.safeParse(sessionGrant, await askOnTheWayIn(url, request));
  if (!grant.success) throw new SignInFailed('server-trouble');
  return grant.output;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Which of what was shown the server did not accept. */
function refusalOf(body: unknown): SignInFailed {
  const error = v.safeParse(apiError, body);
  const { code = '', clock, enrolment } = error.success ? error.output : {};
  const known = REFUSALS.find((refusal) => refusal === code) ?? 'wrong-credentials';
  return new SignInFailed(known, 0, { clock, enrolment });
}

function retryAfter(response: Response, body: unknown): number {
  const error = v.safeParse(apiError, body);
  const seconds = error.success ? error.output.retryAfter : undefined;
  return seconds ?? (Number(response.headers.get('retry-after')) || 60);
}
