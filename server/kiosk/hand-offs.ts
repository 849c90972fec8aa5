import { randomText } from '../../src/lib/domain/crockford.ts';
import { REGISTRY } from '../../src/lib/domain/databases.ts';
import { HAND_OFF_CODE } from '../../src/lib/domain/kiosk.ts';
import type { Couch } from '../couch/types.ts';
import { CouchError, openDatabase } from '../registry/database.ts';
import { hashOf } from '../registry/secret.ts';

const PREFIX = 'handoff:';

/** From the phone in the hand to the keyboard of the kiosk, ms. */
export const HAND_OFF_MS = 3 * 60_000;

/** A code that lets a person in, in the registry as `handoff:<SHA-256 of the code>`. */
interface HandOffDocument {
  _id: string;
  _rev?: string;
  type: 'handoff';
  person: string;
  until: string;
}

export interface HandOffs {
  give(person: string): Promise<{ code: string; until: number }>;
  /** The person of a code, which is used up by that; undefined when there is none or it is too late. */
  take(code: string): Promise<string | undefined>;
  /** Removes what nobody used. */
  sweep(): Promise<void>;
}

/** `clock` gives ms since 1970. */
export function openHandOffs(couch: Couch, clock: () => number = Date.now): HandOffs {
  const database = openDatabase(couch, 'gateway', REGISTRY);
  const isOver = ({ until }: HandOffDocument): boolean => Date.parse(until) < clock();

  return {
    async give(person) {
      const code = randomText(HAND_OFF_CODE);
      const until = clock() + HAND_OFF_MS;
      const _id = PREFIX + hashOf(code);
      const document: HandOffDocument = { _id, type: 'handoff', person, until: new Date(until).toISOString() };
      await database.put(document);
      return { code, until };
    },

    async take(code) {
      const found = await database.get<HandOffDocument>(PREFIX + hashOf(code));
      if (!found || isOver(found)) return undefined;
      try {
        await database.put({ ...found, _deleted: true });
      } catch (error) {
        // Somebody else was let in with it at the same moment.
        if (error instanceof CouchError && error.status === 409) return undefined;
        throw error;
      }
      return found.person;
    },

    async sweep() {
      const over = (await database.byPrefix<HandOffDocument>(PREFIX)).filter(isOver);
      await database.bulk(over.map((document) => ({ ...document, _deleted: true })));
    }
  };
}
