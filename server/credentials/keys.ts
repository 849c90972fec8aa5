import { chmod, mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import { REGISTRY } from '../../src/lib/domain/databases.ts';
import type { IssuerKey } from '../../src/lib/domain/credentials/answers.ts';
import type { Couch } from '../couch/types.ts';
import { createFile } from '../create-file.ts';
import { openDatabase, type Unsaved } from '../registry/database.ts';

/** The keys that certificates are signed with: private in `<data>/keys`, public in the registry, where none ever goes. */
export interface IssuerKeys {
  /** The newest key, published before anything is signed with it. */
  signing(): Promise<{ id: string; key: CryptoKey }>;
  /** Makes a new key; what older ones signed stays valid. */
  rotate(): Promise<void>;
}

interface Kept {
  from: string;
  jwk: JWK;
}

type PublicKey = Unsaved & IssuerKey & { type: 'issuer-key' };

const PREFIX = 'issuer-key:';
const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const;

/** Sorted by their names the newest is the last. */
const FILE = /^issuer-p256-\d{15}\.json$/;
const nameAt = (time: number): string => `issuer-p256-${String(time).padStart(15, '0')}.json`;

async function makeKey(): Promise<Kept> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return { from: new Date().toISOString(), jwk: await exportJWK(privateKey) };
}

async function readKey(file: string): Promise<{ shown: IssuerKey; key: CryptoKey }> {
  await chmod(file, 0o600);
  try {
    const { from, jwk } = JSON.parse(await readFile(file, 'utf8')) as Kept;
    const { x = '', y = '' } = jwk;
    const open = { kty: 'EC', crv: 'P-256', x, y } as const;
    const key = await crypto.subtle.importKey('jwk', { ...jwk, ext: true }, CURVE, false, ['sign']);
    return { shown: { id: await calculateJwkThumbprint(open), jwk: open, from }, key };
  } catch (cause) {
    throw new Error(`The issuer's key ${file} is damaged; restore it from a backup, or remove it to begin a new one.`, {
      cause
    });
  }
}

/** The issuer's keys of this machine. The folder is looked at each time: the command line may have made a new one. */
export function openIssuerKeys(couch: Couch, data: string): IssuerKeys {
  const folder = path.join(data, 'keys');
  const registry = openDatabase(couch, 'courier', REGISTRY);
  const ready = new Map<string, Promise<{ id: string; key: CryptoKey }>>();

  const add = async (time: number): Promise<void> => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await createFile(path.join(folder, nameAt(time)), JSON.stringify(await makeKey()));
  };

  const newest = async (): Promise<string | undefined> =>
    (await readdir(folder).catch(() => []))
      .filter((name) => FILE.test(name))
      .sort()
      .at(-1);

  const publish = async (name: string): Promise<{ id: string; key: CryptoKey }> => {
    const { shown, key } = await readKey(path.join(folder, name));
    const document: PublicKey = { _id: PREFIX + shown.id, type: 'issuer-key', ...shown };
    await registry.putUnlessMoved(document);
    return { id: shown.id, key };
  };

  return {
    async signing() {
      // Of two processes that start at once, one makes the first key.
      if (!(await newest())) await add(0);
      const name = (await newest()) ?? nameAt(0);
      const known = ready.get(name) ?? publish(name);
      ready.set(name, known);
      known.catch(() => ready.delete(name));
      return known;
    },
    rotate: () => add(Date.now())
  };
}

/** All public keys that certificates were ever signed with, oldest first. */
export async function publicKeys(couch: Couch): Promise<IssuerKey[]> {
  const all = await openDatabase(couch, 'gateway', REGISTRY).byPrefix<PublicKey>(PREFIX);
  return all.map(({ id, jwk, from }) => ({ id, jwk, from })).sort((a, b) => (a.from < b.from ? -1 : 1));
}
