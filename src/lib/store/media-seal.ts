import { decrypt, encrypt } from '$lib/vault/keys';

/** How files of courses are named and sealed on the disk; the service worker opens them as well. */

const text = new TextEncoder();
const hashOf = (use: string, sha256: string) => crypto.subtle.digest('SHA-256', text.encode(`${use} ${sha256}`));

/**
 * Under which name a file is kept. Both the name and the key follow from the hash of the content, which stands in the
 * catalogue: everyone who may read a file can find and open it, and the disk alone names none.
 */
export async function fileName(sha256: string): Promise<string> {
  const hash = await Promise.resolve(hashOf('smartasn media name v1', sha256));
  return btoa(String.fromCharCode(...new Uint8Array(hash, 0, 16)));
}

const keyOf = async (sha256: string, use: 'encrypt' | 'decrypt') =>
  crypto.subtle.importKey('raw', await hashOf('smartasn media key v1', sha256), 'AES-GCM', false, [use]);

export const sealFile = async (sha256: string, bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> =>
  encrypt(await keyOf(sha256, 'encrypt'), bytes, 'media');

export const openFile = async (sha256: string, sealed: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> =>
  decrypt(await keyOf(sha256, 'decrypt'), sealed, 'media');

/** Seals the hash of a long file's manifest under the file's own name. */
export const sealManifestName = async (sha256: string, manifest: string): Promise<Uint8Array<ArrayBuffer>> =>
  encrypt(await keyOf(sha256, 'encrypt'), text.encode(manifest), 'manifest');

export const openManifestName = async (sha256: string, sealed: Uint8Array<ArrayBuffer>): Promise<string> =>
  new TextDecoder().decode(await decrypt(await keyOf(sha256, 'decrypt'), sealed, 'manifest'));
