import type { NewPasskey, PasskeySignIn, Transport } from '../../src/lib/domain/passkeys.ts';
import type { PasskeyDocument } from './store.ts';

/** Loaded with the first passkey: it takes as long as the rest of the gateway. */
const library = () => import('@simplewebauthn/server');

/** Where passkeys count: the address of the app, and the name that they are made for. */
export interface Site {
  origin: string;
  rpId: string;
}

export const siteOf = (origin: string): Site => ({ origin, rpId: new URL(origin).hostname });

/** Says whether the challenge in an answer (base64url) is the one that was given. */
type IsGiven = (challenge: string) => Promise<boolean>;

/** COSE numbers of Ed25519, ES256 and RS256, which every authenticator has one of. */
const ALGORITHMS = [-8, -7, -257];
const PATIENCE_MS = 5 * 60_000;

const encoder = new TextEncoder();

/** The person as an authenticator keeps her with the passkey, so that it can say whom it belongs to. */
const handleOf = (person: string): Uint8Array<ArrayBuffer> => encoder.encode(person);
export const personOf = (handle: string): string => Buffer.from(handle, 'base64url').toString('utf8');

interface Asking {
  site: Site;
  challenge: string;
}

/** What a browser makes a passkey by: kept on the authenticator, unlocked by finger, face or PIN each time. */
export async function creationOptions(
  { site, challenge }: Asking,
  person: { id: string; account: string; name: string },
  known: Pick<PasskeyDocument, 'credential' | 'transports'>[]
) {
  const { generateRegistrationOptions } = await library();
  return generateRegistrationOptions({
    rpName: 'SmartASN',
    rpID: site.rpId,
    challenge,
    userID: handleOf(person.id),
    userName: person.account,
    userDisplayName: person.name,
    timeout: PATIENCE_MS,
    attestationType: 'none',
    supportedAlgorithmIDs: ALGORITHMS,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: known.map(({ credential, transports }) => ({ id: credential, transports }))
  });
}

/** What a browser asks for a passkey by, whosever it is. */
export async function requestOptions({ site, challenge }: Asking) {
  const { generateAuthenticationOptions } = await library();
  return generateAuthenticationOptions({
    rpID: site.rpId,
    challenge,
    timeout: PATIENCE_MS,
    userVerification: 'required'
  });
}

/**
 * Whether an attestation names no certificates. None are asked for, and the library would ask the addresses in them
 * whether they were revoked: the server would go wherever somebody sends it.
 */
async function isPlain(attestation: string): Promise<boolean> {
  const { decodeAttestationObject } = await import('@simplewebauthn/server/helpers');
  const decoded = decodeAttestationObject(new Uint8Array(Buffer.from(attestation, 'base64url')));
  const format = decoded.get('fmt');
  return format === 'none' || (format === 'packed' && decoded.get('attStmt').get('x5c') === undefined);
}

/** The credential in what a browser made; rejects when it is not what was asked for. */
export async function readCreated(
  { id, rawId, type, response }: NewPasskey,
  { origin, rpId }: Site,
  isGiven: IsGiven
): Promise<Pick<PasskeyDocument, 'credential' | 'publicKey' | 'counter' | 'synced'>> {
  if (!(await isPlain(response.attestationObject))) throw new Error('An attestation was sent that nobody asked for.');
  const { verifyRegistrationResponse } = await library();
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response: { id, rawId, type, response, clientExtensionResults: {} },
    expectedChallenge: isGiven,
    expectedOrigin: origin,
    expectedRPID: rpId,
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS
  });
  if (!verified || registrationInfo.credential.id !== id) throw new Error('The passkey is not what it says.');
  const { credential, credentialBackedUp } = registrationInfo;
  return {
    credential: credential.id,
    publicKey: Buffer.from(credential.publicKey).toString('base64url'),
    counter: credential.counter,
    synced: credentialBackedUp
  };
}

/** Checks what a passkey signed and answers its counter; rejects when it is not what was asked for. */
export async function readAsserted(
  { id, rawId, type, response }: PasskeySignIn,
  known: { credential: string; publicKey: string; transports?: Transport[] },
  { origin, rpId }: Site,
  isGiven: IsGiven
): Promise<{ counter: number; synced: boolean }> {
  const { verifyAuthenticationResponse } = await library();
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response: { id, rawId, type, response, clientExtensionResults: {} },
    expectedChallenge: isGiven,
    expectedOrigin: origin,
    expectedRPID: rpId,
    requireUserVerification: true,
    // Compared by the caller, who writes down when it goes back.
    credential: {
      id: known.credential,
      publicKey: new Uint8Array(Buffer.from(known.publicKey, 'base64url')),
      counter: 0,
      transports: known.transports
    }
  });
  if (!verified || id !== known.credential) throw new Error('The signature is wrong.');
  return { counter: authenticationInfo.newCounter, synced: authenticationInfo.credentialBackedUp };
}
