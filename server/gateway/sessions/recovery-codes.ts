import { randomText } from '../../../src/lib/domain/crockford.ts';
import { REGISTRY } from '../../../src/lib/domain/databases.ts';
import { RECOVERY_CODE } from '../../../src/lib/domain/recovery.ts';
import type { Couch } from '../../couch/types.ts';
import { openDatabase } from '../../registry/database.ts';
import { hashOf, isSecret } from '../../registry/secret.ts';

const PREFIX = 'recovery:';

/** From the office where it was given to a device with a link, ms. */
export const RECOVERY_MS = 24 * 3_600_000;

/** The code that lets a person choose a new password, in the registry as `recovery:<uuid of the person>`. */
interface RecoveryDocument {
  _id: string;
  _rev?: string;
  type: 'recovery';
  codeHash: string;
  until: string;
}

export interface RecoveryCodes {
  /** A code for this person, shown this once; an older one of hers is void. */
  give(person: string): Promise<{ code: string; until: number }>;
  /** Whether this is the code of this person. */
  fits(person: string, code: string): Promise<boolean>;
  /** The same, and it is used up by that. */
  take(person: string, code: string): Promise<boolean>;
  /** Removes what nobody used. */
  sweep(): Promise<void>;
}

/** `clock` gives ms since 1970. */
export function openRecoveryCodes(couch: Couch, clock: () => number = Date.now): RecoveryCodes {
  const database = openDatabase(couch, 'gateway', REGISTRY);
  const isOver = ({ until }: RecoveryDocument): boolean => Date.parse(until) < clock();

  const find = async (person: string, code: string): Promise<RecoveryDocument | undefined> => {
    const found = await database.get<RecoveryDocument>(PREFIX + person);
    return found && !isOver(found) && isSecret(code, found.codeHash) ? found : undefined;
  };

  return {
    async give(person) {
      const code = randomText(RECOVERY_CODE);
      const until = clock() + RECOVERY_MS;
      const document: RecoveryDocument = {
        _id: PREFIX + person,
        type: 'recovery',
        codeHash: hashOf(code),
        until: new Date(until).toISOString()
      };
      for (;;) {
        const older = await database.get<RecoveryDocument>(document._id);
        // Where two help her at the same moment, the code that was given last counts.
        if (await database.putUnlessMoved({ ...document, ...(older && { _rev: older._rev }) })) return { code, until };
      }
    },

    fits: async (person, code) => (await find(person, code)) !== undefined,

    async take(person, code) {
      const found = await find(person, code);
      if (!found) return false;
      // False when it was used, or replaced, at the same moment.
      return database.putUnlessMoved({ ...found, _deleted: true });
    },

    async sweep() {
      const over = (await database.byPrefix<RecoveryDocument>(PREFIX)).filter(isOver);
      await database.bulk(over.map((document) => ({ ...document, _deleted: true })));
    }
  };
}
