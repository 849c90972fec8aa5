import { toBase64url } from '$lib/domain/parcel/base64url';
import { SIGNING_KEY } from '$lib/domain/parcel/signing';
import type { SyncStore } from '../port';
import { SECRET } from '../secrets';

type Secrets = Pick<SyncStore, 'secret' | 'setSecret'>;

/** What sealing needs, base64url; kept sealed in the person's store: browsers write stored key objects to the disk. */
export interface ParcelKeys {
  /** Private half of the device's key, PKCS #8. */
  sign: string;
  /** Its public half, as the server knows it. */
  verify: string;
  /** The session under which the server knows it. */
  session: string;
  /** The server's public key. */
  server: string;
  /** When the server was last asked for its key, ms by this device's clock. */
  at: number;
}

type Pair = Pick<ParcelKeys, 'sign' | 'verify'>;

export async function newPair(): Promise<Pair> {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(SIGNING_KEY, true, ['sign', 'verify']);
  const [sign, verify] = await Promise.all([
    crypto.subtle.exportKey('pkcs8', privateKey),
    crypto.subtle.exportKey('raw', publicKey)
  ]);
  return { sign: toBase64url(new Uint8Array(sign)), verify: toBase64url(new Uint8Array(verify)) };
}

/** The keys of this place; undefined until its device has been registered. */
export async function readKeys(store: Pick<Secrets, 'secret'>): Promise<ParcelKeys | undefined> {
  const kept = await store.secret(SECRET.parcels);
  return kept === undefined ? undefined : (JSON.parse(kept) as ParcelKeys);
}

export const keepKeys = (store: Pick<Secrets, 'setSecret'>, keys: ParcelKeys): Promise<void> =>
  store.setSecret(SECRET.parcels, JSON.stringify(keys));

/** The session of the place's refresh token. */
export async function sessionOf(store: Pick<Secrets, 'secret'>): Promise<string | undefined> {
  return (await store.secret(SECRET.refresh))?.split('.')[0];
}
