import type { SessionGrant } from '$lib/domain/api';
import type { KioskProof } from '$lib/domain/kiosk';
import type { RecoverRequest } from '$lib/domain/recovery';
import { askGrant, takeMoved } from './ask-grant';
import type { SyncStore } from './port';
import { SECRET } from './secrets';
import { ledgerOf, type UsageStore } from './usage/ledger';

/** The account that signed in is not the one this place on the device belongs to. */
export class OtherPerson extends Error {}

/** A code of the second factor; with `ticket` the first one of a new factor. */
export interface Second {
  code?: string;
  ticket?: string;
}

/**
 * Asks the server for the tokens of an account. Needs the network.
 * @param base origin of the server; the page's own by default
 * @param kiosk where this browser is one: the session ends with the day
 * @param second what the account's second factor asked for
 * @throws SignInFailed
 */
export const signIn = (
  account: string,
  password: string,
  base = '',
  kiosk?: KioskProof,
  second: Second = {}
): Promise<SessionGrant> =>
  askGrant(`${base}/api/session`, { account: account.trim(), password, ...second, ...(kiosk && { kiosk }) });

/** The same at a kiosk, with the code that a person's own phone shows. @throws SignInFailed */
export const signInByCode = (kiosk: KioskProof, code: string): Promise<SessionGrant> =>
  askGrant('/api/kiosk/session', { ...kiosk, code });

/** The same with the code of a colleague who helps, and a new password. @throws SignInFailed */
export const signInByRecovery = (request: RecoverRequest): Promise<SessionGrant> =>
  askGrant('/api/recovery/session', request);

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
  ledgerOf(store).note(takeMoved());
}
