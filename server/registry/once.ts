import { randomBytes } from 'node:crypto';
import { REGISTRY } from '../../src/lib/domain/databases.ts';
import type { Couch } from '../couch/types.ts';
import { openDatabase } from './database.ts';
import { hashOf } from './secret.ts';

/** What is kept for whoever shows a secret, once and for a short time. */
export interface Once<T> {
  /** Keeps it; answers the secret, which is kept as a hash alone. */
  give(value: T): Promise<string>;
  /** What was given with this secret, which is used up by that; undefined when there is nothing, or it is too late. */
  take(secret: string): Promise<T | undefined>;
  /** Removes what nobody took. */
  sweep(): Promise<void>;
}

export interface OnceOptions {
  /** Type of the documents in the registry; their ids are `<type>:<name>:<SHA-256 of the secret>`. */
  type: string;
  name: string;
  /** Makes a secret; by default 32 random bytes. */
  secret?: () => string;
  lifeMs: number;
  /** ms since 1970 */
  clock?: () => number;
}

interface OnceDocument<T> {
  _id: string;
  _rev?: string;
  type: string;
  until: string;
  value: T;
}

const randomSecret = (): string => randomBytes(32).toString('base64url');

/** In the registry, so that each of several gateways takes what another one has given. */
export function openOnce<T>(
  couch: Couch,
  { type, name, lifeMs, secret: make = randomSecret, clock = Date.now }: OnceOptions
): Once<T> {
  const database = openDatabase(couch, 'gateway', REGISTRY);
  const prefix = `${type}:${name}:`;
  const isOver = ({ until }: OnceDocument<T>): boolean => Date.parse(until) < clock();
  const removed = ({ _id, _rev }: OnceDocument<T>) => ({ _id, _rev, type, _deleted: true });

  return {
    async give(value) {
      const secret = make();
      const until = new Date(clock() + lifeMs).toISOString();
      const document: OnceDocument<T> = { _id: prefix + hashOf(secret), type, until, value };
      await database.put(document);
      return secret;
    },

    async take(secret) {
      const found = await database.get<OnceDocument<T>>(prefix + hashOf(secret));
      if (!found || isOver(found)) return undefined;
      // Undefined as well when somebody else took it at the same moment.
      return (await database.putUnlessMoved(removed(found))) ? found.value : undefined;
    },

    async sweep() {
      const all = await database.byPrefix<OnceDocument<T>>(prefix);
      await database.bulk(all.filter(isOver).map(removed));
    }
  };
}
