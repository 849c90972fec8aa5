import type { FastifyRequest } from 'fastify';
import type { UserContext } from '../write-rules.ts';
import type { Accounts } from './auth/accounts.ts';
import { assertMember, assertServerAdmin } from './auth/access.ts';
import type { Store } from './store/index.ts';
import type { Database } from './store/database.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks the embedded database. */
    couchUser: UserContext;
    /** Length of its body in bytes, also where no header tells it. */
    couchBytes: number;
  }
}

/** What every route needs. */
export interface Context {
  store: Store;
  accounts: Accounts;
}

/** The parameter `name` of the path. */
export const param = (request: FastifyRequest, name: string): string =>
  (request.params as Record<string, string>)[name] ?? '';

/** The name of the database that the request is about, once its user may enter it. */
export function enter(context: Context, request: FastifyRequest): string {
  const name = param(request, 'db');
  if (request.couchUser.name === null && !context.store.catalog.find(name)) assertServerAdmin(request.couchUser);
  assertMember(context.store.catalog.get(name).security, request.couchUser);
  return name;
}

/** Runs `work` with the request's database open, once its user may enter it. */
export const inDatabase = <T>(context: Context, request: FastifyRequest, work: (database: Database) => Promise<T>) =>
  context.store.databases.use(enter(context, request), work);
