import { UUID_PATTERN } from '../../../src/lib/domain/ids.ts';
import { isSecret } from '../../registry/secret.ts';
import type { DeviceDescription } from './user-agent.ts';

const SESSION_PREFIX = 'session:';

const DAY_MS = 24 * 3_600_000;

/** A refresh token lives this long from its last use. */
export const REFRESH_MS = 90 * DAY_MS;

/** The same at a kiosk, where nobody comes back to her session after the office has closed. */
export const KIOSK_MS = DAY_MS / 2;

/** One device of one person, in the registry as `session:<uuid>`. The secret itself is never stored. */
export interface SessionDocument extends DeviceDescription {
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

/** What a session becomes when its device is reported lost, as `session:lost:<uuid>`, so that the device can be told. */
export interface LostDocument extends Omit<SessionDocument, 'type'> {
  type: 'lost-session';
  lostAt: string;
  /** When the device came and was told. */
  toldAt?: string;
  /** When the device said that the person's place on it is destroyed. */
  destroyedAt?: string;
}

/** Finds the sessions of a person: `session:of:<person>:<uuid>`. */
export interface PointerDocument {
  _id: string;
  _rev?: string;
  type: 'session-pointer';
}

/** Ids of sessions come before this: a UUID begins with 0 to f. */
export const SESSIONS = { startkey: `"${SESSION_PREFIX}"`, endkey: `"${SESSION_PREFIX}g"` };

/** Whether this is the id of a session itself. */
export const isSessionId = (id: string): boolean => id === sessionId(sessionOf(id));

export const sessionId = (session: string): string => SESSION_PREFIX + session;
export const lostId = (session: string): string => `${SESSION_PREFIX}lost:${session}`;
export const pointerPrefix = (person: string): string => `${SESSION_PREFIX}of:${person}:`;
export const pointerId = (person: string, session: string): string => pointerPrefix(person) + session;
/** The UUID at the end of each of these ids. */
export const sessionOf = (id: string): string => id.slice(id.lastIndexOf(':') + 1);

export const isOver = (document: { usedAt: string; kiosk?: string }, now: number): boolean =>
  now - Date.parse(document.usedAt) >= (document.kiosk === undefined ? REFRESH_MS : KIOSK_MS);

const TOKEN = /^([0-9a-f-]{36})\.([A-Za-z0-9_-]{43})$/;

/** Splits a refresh token `<uuid of the session>.<32 bytes, base64url>`. */
export function parseRefresh(refresh: string): { session: string; secret: string } | undefined {
  const [, session, secret] = TOKEN.exec(refresh) ?? [];
  return session && secret && UUID_PATTERN.test(session) ? { session, secret } : undefined;
}

/** Whether the secret is that of this document. */
export const isSecretOf = ({ secretHash }: { secretHash: string }, secret: string): boolean =>
  isSecret(secret, secretHash);
