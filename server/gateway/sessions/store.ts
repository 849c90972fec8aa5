import { randomBytes, randomUUID } from 'node:crypto';
import { REGISTRY } from '../../../src/lib/domain/databases.ts';
import type { Couch } from '../../couch/types.ts';
import { isMissing, openDatabase, type Database, type Unsaved } from '../../registry/database.ts';
import {
  isOver,
  isSecretOf,
  lostId,
  parseRefresh,
  pointerId,
  SESSIONS,
  sessionId,
  sessionOf,
  type LostDocument,
  type PointerDocument,
  type SessionDocument,
  type Signer
} from './documents.ts';
import { hashOf } from '../../registry/secret.ts';
import type { DeviceDescription } from './user-agent.ts';

/** The last use is written down at most this often: a device refreshes every 15 minutes, and each write costs. */
const USE_STEP_MS = 6 * 3_600_000;

export interface Sessions {
  /** Begins the session of a device; the refresh token is shown this once. */
  begin(person: string, device?: DeviceDescription): Promise<{ session: string; refresh: string }>;
  /** The session of a refresh token, with its life prolonged; undefined when it has ended. */
  use(refresh: string): Promise<{ session: string; person: string } | undefined>;
  /**
   * Whether this is the refresh token of a device that was reported lost. What it does is written down: it was `told`,
   * or its place is `destroyed`.
   */
  isLost(refresh: string, what: 'told' | 'destroyed'): Promise<boolean>;
  /**
   * Ends a session; harmless when it has ended. `lost`: its device is in unknown hands, and the person goes on seeing it
   * in her list.
   */
  end(session: string, reason?: 'lost'): Promise<void>;
  /** Registers the key that the device of a living session signs with. */
  setDeviceKey(session: string, deviceKey: string): Promise<void>;
  /** Who held a session, living or ended; undefined when it is not known. */
  signer(session: string): Promise<Signer | undefined>;
  /** Whether its device might still ask for itself. */
  isLiving(session: string): Promise<boolean>;
  /** Removes sessions that nobody used for 90 days, and makes those findable that began before there were pointers. */
  sweep(): Promise<void>;
}

/** Sessions in the `registry` database; `clock` gives ms since 1970. */
export function openSessions(couch: Couch, clock: () => number = Date.now): Sessions {
  const database = openDatabase(couch, 'gateway', REGISTRY);
  /** What somebody else wrote meanwhile says the same. */
  const put = <T extends Unsaved>(document: T): Promise<boolean> => database.putUnlessMoved(document);
  const nowText = (): string => new Date(clock()).toISOString();

  const pointerTo = (person: string, session: string): PointerDocument => ({
    _id: pointerId(person, session),
    type: 'session-pointer'
  });

  const removePointer = async (person: string, session: string): Promise<void> => {
    const pointer = await database.get<PointerDocument>(pointerId(person, session));
    if (pointer) await put({ ...pointer, _deleted: true });
  };

  return {
    async begin(person, device = {}) {
      const session = randomUUID();
      const secret = randomBytes(32).toString('base64url');
      const at = nowText();
      const document: SessionDocument = {
        _id: sessionId(session),
        type: 'session',
        person,
        secretHash: hashOf(secret),
        createdAt: at,
        usedAt: at,
        ...device
      };
      // The pointer first: a session that nobody can see could not be ended.
      await database.put(pointerTo(person, session));
      await database.put(document);
      return { session, refresh: `${session}.${secret}` };
    },

    async use(refresh) {
      const parts = parseRefresh(refresh);
      if (!parts) return undefined;
      const document = await database.get<SessionDocument>(sessionId(parts.session));
      const now = clock();
      if (!document || !isSecretOf(document, parts.secret) || isOver(document, now)) return undefined;
      if (now - Date.parse(document.usedAt) >= USE_STEP_MS) await put({ ...document, usedAt: nowText() });
      return { session: parts.session, person: document.person };
    },

    async isLost(refresh, what) {
      const parts = parseRefresh(refresh);
      const document = parts && (await database.get<LostDocument>(lostId(parts.session)));
      if (!document || !isSecretOf(document, parts.secret)) return false;
      const field = what === 'told' ? 'toldAt' : 'destroyedAt';
      if (!document[field]) await put({ ...document, [field]: nowText() });
      return true;
    },

    async end(session, reason) {
      const lost = reason === 'lost' ? { lostAt: nowText() } : {};
      // A device that refreshes at this moment may write first, so the deletion is tried once more on what it wrote.
      for (let tries = 0; tries < 2; tries += 1) {
        const document = await database.get<SessionDocument>(sessionId(session));
        if (!document) return;
        await put({ ...document, ...lost, _deleted: true });
        if (!reason) await removePointer(document.person, session);
      }
    },

    async setDeviceKey(session, deviceKey) {
      for (let tries = 0; tries < 3; tries += 1) {
        const document = await database.get<SessionDocument>(sessionId(session));
        if (!document || document.deviceKey === deviceKey) return;
        await put({ ...document, deviceKey });
      }
    },

    async signer(session) {
      const living = await database.get<Signer>(sessionId(session));
      if (living) return living;
      // An ended session is a deleted document that kept its fields.
      const ended = await leavesOf(database, sessionId(session));
      return ended.find(({ lostAt }) => lostAt !== undefined) ?? ended[0];
    },

    async isLiving(session) {
      const document = await database.get<SessionDocument>(sessionId(session));
      return document !== undefined && !isOver(document, clock());
    },

    async sweep() {
      for await (const document of every(couch)) {
        const session = sessionOf(document._id);
        if (isOver(document, clock())) {
          await put({ ...document, _deleted: true });
          await removePointer(document.person, session);
        } else if (!(await database.get(pointerId(document.person, session)))) {
          await put(pointerTo(document.person, session));
        }
      }
    }
  };
}

/** The last words of a document; none when it never was. */
async function leavesOf(database: Database, id: string): Promise<SessionDocument[]> {
  const leaves = await database.leaves(id, 'all').catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  return leaves as unknown as SessionDocument[];
}

const PAGE = 500;

/** All sessions, page by page. */
async function* every(couch: Couch): AsyncGenerator<SessionDocument> {
  let { startkey } = SESSIONS;
  for (;;) {
    const query = new URLSearchParams({ ...SESSIONS, include_docs: 'true', startkey, limit: String(PAGE) });
    const response = await couch.fetch('gateway', `/${REGISTRY}/_all_docs?${query}`);
    if (!response.ok) return;
    const { rows } = (await response.json()) as { rows: { id: string; doc: SessionDocument }[] };
    for (const row of rows) yield row.doc;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    startkey = JSON.stringify(`${last.id}\u0000`);
  }
}
