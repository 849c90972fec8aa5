import * as v from 'valibot';
import { enrolled, handOff, type Enrolled, type HandOff, type KioskProof } from '$lib/domain/kiosk';
import { askFor, type AskingStore } from './ask-server';

const PATIENCE = 30_000;

const post = (path: string, body: object): Promise<Response> =>
  fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    cache: 'no-store',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.timeout(PATIENCE)
  });

/** Why a browser did not become a kiosk. */
export type EnrolFailure = 'wrong-code' | 'too-many-tries' | 'no-signal' | 'server-trouble';

/** Makes this browser the kiosk of a code from the office; why not, otherwise. */
export async function enrolKiosk(code: string): Promise<Enrolled | EnrolFailure> {
  try {
    const response = await post('/api/kiosk', { code });
    if (response.status === 400 || response.status === 401) return 'wrong-code';
    if (response.status === 429) return 'too-many-tries';
    const answer = v.safeParse(enrolled, await response.json());
    return response.ok && answer.success ? answer.output : 'server-trouble';
  } catch {
    return 'no-signal';
  }
}

/** Whether the office has ended this kiosk; without a link nobody knows, and it stays one. */
export const hasEnded = ({ kiosk, secret }: KioskProof): Promise<boolean> =>
  post('/api/kiosk/check', { kiosk, secret }).then(
    ({ status }) => status === 401,
    () => false
  );

/** Asks for a code with which the person is let in at a kiosk. @throws ServerRefused, SyncFailure */
export const askHandOff = (store: AskingStore): Promise<HandOff> =>
  askFor(handOff, store, '/api/handoff', { body: {} });
