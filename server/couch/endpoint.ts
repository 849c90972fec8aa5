import type { Credentials } from './data-folder.ts';

/** Where CouchDB answers and who administers it. */
export interface Endpoint {
  embedded: boolean;
  admin: Credentials;
  /** Base address without credentials and without a slash at the end. */
  url(): string;
  /** Called when a connection was refused: finds or starts the database again. False when that cannot help. */
  recover(): Promise<boolean>;
  close(): Promise<void>;
}

/** The CouchDB of `COUCHDB_URL`; throws in words when the address has no credentials. */
export function externalEndpoint(couchUrl: string): Endpoint {
  const { origin, pathname, username, password } = new URL(couchUrl);
  if (!username || !password) {
    throw new Error('COUCHDB_URL needs the name and password of an administrator: http://name:password@host:5984');
  }
  const base = origin + pathname.replace(/\/+$/, '');
  return {
    embedded: false,
    admin: { name: decodeURIComponent(username), password: decodeURIComponent(password) },
    url: () => base,
    recover: () => Promise.resolve(false),
    close: () => Promise.resolve()
  };
}

/** Whether a fault means that nobody listened, so that nothing of the request can have happened. */
export function isRefused(fault: unknown): boolean {
  const { message, cause, code } = (fault ?? {}) as { message?: string; cause?: unknown; code?: string };
  if (code === 'ECONNREFUSED' || /ECONNREFUSED/.test(message ?? '')) return true;
  return cause !== undefined && isRefused(cause);
}
