import { chmod, mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fromBase64url, toBase64url } from '../../src/lib/domain/parcel/base64url.ts';
import type { Bytes } from '../../src/lib/domain/parcel/layout.ts';
import { keyIdOf, suite } from '../../src/lib/domain/parcel/suite.ts';
import { createFile } from '../create-file.ts';

/** The X25519 keys that parcels are sealed to. Old ones are kept for ever: a parcel may be on its way for months. */
export interface ParcelKeys {
  /** The public key to seal to from now on, base64url. */
  newest(): Promise<string>;
  /** The private key of that id; undefined for a key of another server. */
  byId(id: Uint8Array): Promise<CryptoKey | undefined>;
  /** Makes a new key, which devices learn within a week. */
  rotate(): Promise<void>;
}

interface Kept {
  publicKey: string;
  privateKey: string;
}

interface Known extends Kept {
  id: string;
}

/** Sorted by their names the newest is the last. */
const FILE = /^parcel-x25519-\d{15}\.json$/;
const nameAt = (time: number): string => `parcel-x25519-${String(time).padStart(15, '0')}.json`;

async function makeKey(): Promise<Kept> {
  const { kem } = suite();
  const { publicKey, privateKey } = await kem.generateKeyPair();
  const [open, secret] = await Promise.all([kem.serializePublicKey(publicKey), kem.serializePrivateKey(privateKey)]);
  return { publicKey: toBase64url(new Uint8Array(open)), privateKey: toBase64url(new Uint8Array(secret)) };
}

async function readKey(file: string): Promise<Known> {
  await chmod(file, 0o600);
  try {
    const { publicKey, privateKey } = JSON.parse(await readFile(file, 'utf8')) as Kept;
    return { publicKey, privateKey, id: toBase64url(await keyIdOf(fromBase64url(publicKey))) };
  } catch (cause) {
    throw new Error(`The parcel key ${file} is damaged; restore it from a backup: parcels sealed to it need it.`, {
      cause
    });
  }
}

/**
 * The parcel keys in `<data>/keys` (mode 600); the first is made when there is none. The folder is looked at again each
 * time, because a key may be made by the command line while the server runs.
 */
export function openParcelKeys(data: string): ParcelKeys {
  const folder = path.join(data, 'keys');
  const known = new Map<string, Promise<Known>>();

  const add = async (time: number): Promise<void> => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await createFile(path.join(folder, nameAt(time)), JSON.stringify(await makeKey()));
  };

  const all = async (): Promise<Known[]> => {
    const names = (await readdir(folder).catch(() => [])).filter((name) => FILE.test(name)).sort();
    for (const name of names) if (!known.has(name)) known.set(name, readKey(path.join(folder, name)));
    return Promise.all(names.map((name) => known.get(name) ?? readKey(path.join(folder, name))));
  };

  return {
    async newest() {
      // Of two processes that start at once, one makes the first key.
      if (!(await all()).length) await add(0);
      const newest = (await all()).at(-1);
      if (!newest) throw new Error(`There is no parcel key in ${folder}.`);
      return newest.publicKey;
    },
    async byId(id) {
      const name = toBase64url(id);
      const found = (await all()).find((key) => key.id === name);
      if (!found) return undefined;
      const bytes: Bytes = fromBase64url(found.privateKey);
      return suite().kem.importKey('raw', bytes.buffer, false);
    },
    rotate: () => add(Date.now())
  };
}
