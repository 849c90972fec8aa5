import { REGISTRY } from '../../src/lib/domain/databases.ts';
import type { Transport } from '../../src/lib/domain/passkeys.ts';
import type { Couch } from '../couch/types.ts';
import { CouchError, openDatabase, type Unsaved } from '../registry/database.ts';
import { hashOf } from '../registry/secret.ts';

const PREFIX = 'passkey:';
const USED = `${PREFIX}used:`;

/** A credential of a person, in the registry as `passkey:<person>:<SHA-256 of the credential's id>`. */
export interface PasskeyDocument {
  _id: string;
  _rev?: string;
  type: 'passkey';
  person: string;
  /** base64url, as the authenticator names it. */
  credential: string;
  /** COSE key, base64url. */
  publicKey: string;
  /** How often it was used, where its authenticator counts; else 0 for ever. */
  counter: number;
  transports?: Transport[];
  name?: string;
  browser?: string;
  system?: string;
  synced: boolean;
  createdAt: string;
  usedAt?: string;
}

/** A challenge that was answered, until it would be too old anyhow: `passkey:used:<SHA-256 of its id>`. */
interface UsedDocument {
  _id: string;
  _rev?: string;
  type: 'passkey';
  until: string;
}

export interface Passkeys {
  /** The person's passkeys, newest first. */
  list(person: string): Promise<PasskeyDocument[]>;
  /** One by the id of its credential. */
  byCredential(person: string, credential: string): Promise<PasskeyDocument | undefined>;
  get(person: string, id: string): Promise<PasskeyDocument | undefined>;
  /** Keeps a new one or what has changed of one; false when somebody else has written it meanwhile. */
  put(passkey: Omit<PasskeyDocument, '_id' | 'type'>): Promise<boolean>;
  /** False when there is none. */
  remove(person: string, id: string): Promise<boolean>;
  /** Uses up a challenge, for every gateway; false when it was used before. */
  useUp(challenge: string, until: number): Promise<boolean>;
  /** Forgets challenges that are too old to be answered. */
  sweep(): Promise<void>;
}

const idOf = (person: string, credential: string): string => `${PREFIX}${person}:${hashOf(credential)}`;

/** The part of a passkey's id that tells it from the person's others. */
export const passkeyId = ({ _id }: Pick<PasskeyDocument, '_id'>): string => _id.slice(_id.lastIndexOf(':') + 1);

/** `clock` gives ms since 1970. */
export function openPasskeys(couch: Couch, clock: () => number = Date.now): Passkeys {
  const database = openDatabase(couch, 'gateway', REGISTRY);

  const put = (document: Unsaved & { type: 'passkey' }): Promise<boolean> => database.putUnlessMoved(document);

  return {
    async list(person) {
      const found = await database.byPrefix<PasskeyDocument>(`${PREFIX}${person}:`);
      return found.sort((a, b) => b.createdAt.localeCompare(a.createdAt));
    },

    byCredential: (person, credential) => database.get<PasskeyDocument>(idOf(person, credential)),

    get: (person, id) => database.get<PasskeyDocument>(`${PREFIX}${person}:${id}`),

    put(passkey) {
      const document: PasskeyDocument = { ...passkey, _id: idOf(passkey.person, passkey.credential), type: 'passkey' };
      return put(document);
    },

    async remove(person, id) {
      // A sign-in at this moment may write first, so the deletion is tried once more on what it wrote.
      for (let tries = 0; tries < 2; tries += 1) {
        const found = await database.get<PasskeyDocument>(`${PREFIX}${person}:${id}`);
        if (!found) return false;
        const { _id, _rev, type } = found;
        if (await put({ _id, _rev, type, _deleted: true })) return true;
      }
      throw new CouchError(409, id, { reason: 'A passkey moves on and on.' });
    },

    useUp(challenge, until) {
      const _id = USED + hashOf(challenge);
      const document: UsedDocument = { _id, type: 'passkey', until: new Date(until).toISOString() };
      return put(document);
    },

    async sweep() {
      const used = await database.byPrefix<UsedDocument>(USED);
      const over = used.filter(({ until }) => Date.parse(until) < clock());
      await database.bulk(over.map((document) => ({ ...document, _deleted: true })));
    }
  };
}
