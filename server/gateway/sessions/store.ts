import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { REGISTRY } from '../../../src/lib/domain/databases.ts';
import { UUID_PATTERN } from '../../../src/lib/domain/ids.ts';
import type { Couch } from '../../couch/types.ts';
import { CouchError, isMissing, openDatabase, type Database } from '../../registry/database.ts';

const DAY_MS = 24 * 3_600_000;

/** A refresh token lives this long from its last use. */
export const REFRESH_MS = 90 * DAY_MS;

/** The last use is written down at most this often: a device refreshes every 15 minutes, and each write costs. */
const USE_STEP_MS = DAY_MS / 4;

/** One device of one person, in the registry as `session:<uuid>`. The secret itself is never stored. */
export interface SessionDocument {
  _id: string;
  _rev?: string;
  type: 'session';
  person: string;
  /** SHA-256 of the secret, hex: it is 32 random bytes, so that a slow hash would add nothing. */
  secretHash: string;
  createdAt: string;
  usedAt: string;
  /** Public key (P-256, base64url) that this device signs sealed parcels with; it outlives the session. */
  deviceKey?: string;
  /** When the device was reported lost: what it signed is refused from then on. */
  lostAt?: string;
}

/** Who signed a parcel with the key of a session, which may have ended since. */
export type Signer = Pick<SessionDocument, 'person' | 'deviceKey' | 'lostAt'>;

export interface Sessions {
  /** Begins the session of a device; the refresh token is shown this once. */
  begin(person: string): Promise<{ session: string; refresh: string }>;
  /** The session of a refresh token, with its life prolonged; undefined when it has ended. */
  use(refresh: string): Promise<{ session: string; person: string } | undefined>;
  /** Ends a session; harmless when it has ended. `lost`: its device is in unknown hands. */
  end(session: string, reason?: 'lost'): Promise<void>;
  /** Registers the key that the device of a living session signs with. */
  setDeviceKey(session: string, deviceKey: string): Promise<void>;
  /** Who held a session, living or ended; undefined when it is not known. */
  signer(session: string): Promise<Signer | undefined>;
  /** Removes sessions that nobody used for 90 days. */
  sweep(): Promise<void>;
}

const TOKEN = /^([0-9a-f-]{36})\.([A-Za-z0-9_-]{43})$/;

const sessionId = (session: string): string => `session:${session}`;
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
const equal = (a: string, b: string): boolean => {
  const [x, y] = [new TextEncoder().encode(a), new TextEncoder().encode(b)];
  return x.length === y.length && timingSafeEqual(x, y);
};
const isOver = (document: SessionDocument, now: number): boolean => now - Date.parse(document.usedAt) >= REFRESH_MS;

/** Splits a refresh token `<uuid of the session>.<32 bytes, base64url>`. */
function parse(refresh: string): { session: string; secret: string } | undefined {
  const [, session, secret] = TOKEN.exec(refresh) ?? [];
  return session && secret && UUID_PATTERN.test(session) ? { session, secret } : undefined;
}

/** Sessions in the `registry` database; `clock` gives ms since 1970. */
export function openSessions(couch: Couch, clock: () => number = Date.now): Sessions {
  const database = openDatabase(couch, 'gateway', REGISTRY);

  /** Writes unless somebody else did meanwhile: the other write says the same. */
  const putUnlessMoved = async (document: SessionDocument & { _deleted?: boolean }): Promise<void> => {
    await database.put(document).catch((error: unknown) => {
      if (!(error instanceof CouchError) || error.status !== 409) throw error;
    });
  };

  return {
    async begin(person) {
      const session = randomUUID();
      const secret = randomBytes(32).toString('base64url');
      const at = new Date(clock()).toISOString();
      const secretHash = hashOf(secret);
      const document: SessionDocument = {
        _id: sessionId(session),
        type: 'session',
        person,
        secretHash,
        createdAt: at,
        usedAt: at
      };
      await database.put(document);
      return { session, refresh: `${session}.${secret}` };
    },

    async use(refresh) {
      const parts = parse(refresh);
      if (!parts) return undefined;
      const document = await database.get<SessionDocument>(sessionId(parts.session));
      const now = clock();
      if (!document || !equal(document.secretHash, hashOf(parts.secret)) || isOver(document, now)) return undefined;
      if (now - Date.parse(document.usedAt) >= USE_STEP_MS) {
        await putUnlessMoved({ ...document, usedAt: new Date(now).toISOString() });
      }
      return { session: parts.session, person: document.person };
    },

    async end(session, reason) {
      const lost = reason === 'lost' ? { lostAt: new Date(clock()).toISOString() } : {};
      // A device that refreshes at this moment may write first, so the deletion is tried once more on what it wrote.
      for (let tries = 0; tries < 2; tries += 1) {
        const document = await database.get<SessionDocument>(sessionId(session));
        if (!document) return;
        await putUnlessMoved({ ...document, ...lost, _deleted: true });
      }
    },

    async setDeviceKey(session, deviceKey) {
      for (let tries = 0; tries < 3; tries += 1) {
        const document = await database.get<SessionDocument>(sessionId(session));
        if (!document || document.deviceKey === deviceKey) return;
        await putUnlessMoved({ ...document, deviceKey });
      }
    },

    async signer(session) {
      const living = await database.get<Signer>(sessionId(session));
      if (living) return living;
      // An ended session is a deleted document that kept its fields.
      const ended = await leavesOf(database, sessionId(session));
      return ended.find(({ lostAt }) => lostAt !== undefined) ?? ended[0];
    },

    async sweep() {
      for await (const document of every(couch)) {
        if (isOver(document, clock())) await putUnlessMoved({ ...document, _deleted: true });
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
  let after = 'session:';
  for (;;) {
    const query = new URLSearchParams({
      include_docs: 'true',
      startkey: JSON.stringify(after),
      endkey: '"session;"',
      limit: String(PAGE)
    });
    const response = await couch.fetch('gateway', `/${REGISTRY}/_all_docs?${query}`);
    if (!response.ok) return;
    const { rows } = (await response.json()) as { rows: { id: string; doc: SessionDocument }[] };
    for (const row of rows) yield row.doc;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = `${last.id}\u0000`;
  }
}
