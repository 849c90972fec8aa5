import { startAuthentication, startRegistration, WebAuthnAbortService } from '@simplewebauthn/browser';
import * as v from 'valibot';
import type { SessionGrant } from '$lib/domain/api';
import type { ProveRequest } from '$lib/domain/factor';
import { creationOptions, passkeyList, requestOptions, type Passkey } from '$lib/domain/passkeys';
import { askGrant, askOnTheWayIn, SignInFailed } from './ask-grant';
import { askFor, askServer, type AskingStore } from './ask-server';
import type { SyncStore } from './port';

type PasskeyStore = AskingStore & Pick<SyncStore, 'setting' | 'setSetting'>;

/** The passkeys of the person as the server told them at this time, ms. */
export interface KnownPasskeys {
  at: number;
  passkeys: Passkey[];
}

const SETTING = 'passkeys';

/** What was known last; undefined when the server has never been asked on this device. */
export const knownPasskeys = (store: PasskeyStore): Promise<KnownPasskeys | undefined> =>
  store.setting<KnownPasskeys>(SETTING);

/** Asks the server which passkeys the person has, and keeps the answer. @throws SyncFailure */
export async function askPasskeys(store: PasskeyStore): Promise<Passkey[]> {
  const { passkeys } = await askFor(passkeyList, store, '/api/passkeys');
  await store.setSetting(SETTING, { at: Date.now(), passkeys } satisfies KnownPasskeys);
  return passkeys;
}

/**
 * Makes a passkey of the person on an authenticator that she chooses, and tells the server.
 * @param proof that it is she: who finds a device unlocked makes none
 * @throws ServerRefused, SyncFailure, and what the browser says when there is none afterwards
 */
export async function makePasskey(store: PasskeyStore, proof: ProveRequest): Promise<void> {
  const options = await askFor(creationOptions, store, '/api/passkeys/options', { body: proof });
  // Some authenticators keep the secret that a place is opened by only when it is asked for from the beginning.
  const optionsJSON = { ...options, extensions: { prf: {} } };
  const { id, rawId, type, response } = await startRegistration({ optionsJSON });
  const { clientDataJSON, attestationObject, transports } = response;
  const made = { id, rawId, type, response: { clientDataJSON, attestationObject, transports } };
  await askServer(store, '/api/passkeys', { body: made });
  await askPasskeys(store);
}

/** @throws SyncFailure */
export async function nameOfPasskey(store: PasskeyStore, id: string, name: string): Promise<void> {
  await askServer(store, `/api/passkeys/${id}`, { method: 'PUT', body: { name } });
  await askPasskeys(store);
}

/** From now on nobody comes in with it. @throws SyncFailure */
export async function removePasskey(store: PasskeyStore, id: string): Promise<void> {
  await askServer(store, `/api/passkeys/${id}`, { method: 'DELETE' });
  await askPasskeys(store);
}

/** Signs in with a passkey, whosever it is. @throws SignInFailed, and what the browser says when there is none */
export async function signInByPasskey(): Promise<SessionGrant> {
  const answer = v.safeParse(requestOptions, await askOnTheWayIn('/api/passkeys/sign-in/options', {}));
  if (!answer.success) throw new SignInFailed('server-trouble');
  const { id, rawId, type, response } = await startAuthentication({ optionsJSON: answer.output });
  return askGrant('/api/passkeys/sign-in', { id, rawId, type, response });
}

/** Takes a question for a passkey back that nobody has answered. */
export const cancelSignIn = (): void => WebAuthnAbortService.cancelCeremony();
