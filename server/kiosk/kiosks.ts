import { randomBytes, randomUUID } from 'node:crypto';
import { randomText } from '../../src/lib/domain/crockford.ts';
import { REGISTRY } from '../../src/lib/domain/databases.ts';
import { ENROL_CODE, type Enrolled, type KioskProof } from '../../src/lib/domain/kiosk.ts';
import type { Couch } from '../couch/types.ts';
import { openDatabase } from '../registry/database.ts';
import { hashOf, isSecret } from '../registry/secret.ts';

const PREFIX = 'kiosk:';

/** A code that makes a browser a kiosk may be used for so long, ms. */
export const ENROL_MS = 24 * 3_600_000;

/** A shared browser in an office, in the registry as `kiosk:<uuid>`. */
export interface KioskDocument {
  _id: string;
  _rev?: string;
  type: 'kiosk';
  /** What people at the office call it. */
  name: string;
  agency: string;
  createdAt: string;
  /** Until a browser has used it. */
  code?: { hash: string; until: string };
  secretHash?: string;
  enrolledAt?: string;
}

export interface Kiosks {
  /** A new kiosk that waits for its browser, and the code for it, which is shown this once. */
  add(name: string, agency: string): Promise<{ id: string; code: string }>;
  /** Makes a browser the kiosk of this code; undefined when no kiosk waits for it. */
  enrol(code: string): Promise<Enrolled | undefined>;
  /** The kiosk that this is the proof of; undefined when it is none, or no longer. */
  check(proof: KioskProof): Promise<KioskDocument | undefined>;
  list(): Promise<KioskDocument[]>;
  /** Ends a kiosk: its browser learns it at its next contact. False when there is none. */
  remove(id: string): Promise<boolean>;
}

export const kioskOf = ({ _id }: KioskDocument): string => _id.slice(PREFIX.length);

/** `clock` gives ms since 1970. */
export function openKiosks(couch: Couch, clock: () => number = Date.now): Kiosks {
  const database = openDatabase(couch, 'gateway', REGISTRY);
  const list = (): Promise<KioskDocument[]> => database.byPrefix<KioskDocument>(PREFIX);

  return {
    async add(name, agency) {
      const id = randomUUID();
      const code = randomText(ENROL_CODE);
      const until = new Date(clock() + ENROL_MS).toISOString();
      const createdAt = new Date(clock()).toISOString();
      const hash = hashOf(code);
      const document: KioskDocument = {
        _id: PREFIX + id,
        type: 'kiosk',
        name,
        agency,
        createdAt,
        code: { hash, until }
      };
      await database.put(document);
      return { id, code };
    },

    async enrol(code) {
      const found = (await list()).find((one) => one.code && isSecret(code, one.code.hash));
      if (!found?.code || Date.parse(found.code.until) < clock()) return undefined;
      const secret = randomBytes(32).toString('base64url');
      const enrolledAt = new Date(clock()).toISOString();
      const kept: KioskDocument = { ...found, code: undefined, secretHash: hashOf(secret), enrolledAt };
      // Undefined as well when another browser has used the code at the same moment.
      return (await database.putUnlessMoved(kept)) ? { kiosk: kioskOf(found), secret, name: found.name } : undefined;
    },

    async check({ kiosk, secret }) {
      const found = await database.get<KioskDocument>(PREFIX + kiosk);
      return found?.secretHash && isSecret(secret, found.secretHash) ? found : undefined;
    },

    list,

    async remove(id) {
      const found = await database.get<KioskDocument>(PREFIX + id);
      if (!found) return false;
      await database.put({ ...found, _deleted: true });
      return true;
    }
  };
}
