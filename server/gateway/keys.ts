import { chmod, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import { createFile } from '../create-file.ts';

/** The Ed25519 key pair that signs access tokens (RFC 8037). */
export interface Keys {
  /** Beginning of the RFC 7638 thumbprint of the public key, the `kid` of every token: it travels with every request. */
  id: string;
  sign: CryptoKey;
  verify: CryptoKey;
}

/** The private key that signs access tokens, below the data folder. */
export const SIGNING_KEY = 'keys/session-ed25519.json';

/** Makes a key pair; `jwk` is its private half. */
async function makeKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  return exportJWK(privateKey);
}

/** A key pair from its private JWK. */
export async function keysFrom(jwk: JWK): Promise<Keys> {
  const { d: secret, ...publicJwk } = jwk;
  if (jwk.kty !== 'OKP' || jwk.crv !== 'Ed25519' || !secret) throw new Error('The session key is not Ed25519.');
  const [sign, verify, id] = await Promise.all([
    importJWK({ ...publicJwk, d: secret }, 'EdDSA'),
    importJWK(publicJwk, 'EdDSA'),
    calculateJwkThumbprint(publicJwk)
  ]);
  if (sign instanceof Uint8Array || verify instanceof Uint8Array) throw new Error('The session key is symmetric.');
  return { id: id.slice(0, 8), sign, verify };
}

/** A key pair that lives in memory only, for tests. */
export const temporaryKeys = async (): Promise<Keys> => keysFrom(await makeKey());

/** The session keys in `<data>/keys` (mode 600), made on the first start. */
export async function openKeys(data: string): Promise<Keys> {
  const file = path.join(data, SIGNING_KEY);
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const text = await readFile(file, 'utf8').catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    await createFile(file, JSON.stringify(await makeKey()));
    return readFile(file, 'utf8');
  });
  await chmod(file, 0o600);
  try {
    return await keysFrom(JSON.parse(text) as JWK);
  } catch (cause) {
    throw new Error(`The session key ${file} is damaged; remove it and everybody has to sign in again.`, { cause });
  }
}
