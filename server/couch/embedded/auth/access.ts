import type { UserContext } from '../../write-rules.ts';
import { forbidden, unauthorized } from '../errors.ts';
import type { Security } from '../store/catalog.ts';

/** Who may enter a database, by its `_security` (CouchDB's rules). */

const listed = (list: { names?: string[]; roles?: string[] } | undefined, user: UserContext): boolean =>
  (user.name !== null && (list?.names ?? []).includes(user.name)) ||
  user.roles.some((role) => (list?.roles ?? []).includes(role));

const isEmpty = (list: { names?: string[]; roles?: string[] } | undefined): boolean =>
  (list?.names ?? []).length === 0 && (list?.roles ?? []).length === 0;

export const isServerAdmin = (user: UserContext): boolean => user.roles.includes('_admin');

const isAdmin = (security: Security, user: UserContext): boolean =>
  isServerAdmin(user) || listed(security.admins, user);

/** Throws 401 or 403 unless the user may read and write the database. */
export function assertMember(security: Security, user: UserContext): void {
  if (isAdmin(security, user) || isEmpty(security.members) || listed(security.members, user)) return;
  if (user.name === null) throw unauthorized('You are not authorized to access this db.');
  throw forbidden('You are not allowed to access this db.');
}

export function assertServerAdmin(user: UserContext): void {
  if (!isServerAdmin(user)) throw unauthorized('You are not a server admin.');
}

export function assertDatabaseAdmin(security: Security, user: UserContext): void {
  if (!isAdmin(security, user)) throw unauthorized('You are not a db or server admin.');
}
