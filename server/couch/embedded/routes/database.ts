import type { FastifyInstance } from 'fastify';
import { assertDatabaseAdmin, assertServerAdmin } from '../auth/access.ts';
import { USERS } from '../auth/accounts.ts';
import { enter, inDatabase, param, type Context } from '../context.ts';
import { describe } from '../describe.ts';
import { badRequest } from '../errors.ts';
import { readBody, readQuery } from '../params.ts';
import type { Security } from '../store/catalog.ts';

const isList = (value: unknown): boolean =>
  value === undefined || (Array.isArray(value) && value.every((item) => typeof item === 'string'));

function readSecurity(body: unknown): Security {
  const security = readBody(body);
  for (const group of ['members', 'admins']) {
    const { names, roles } = readBody(security[group] ?? {});
    if (!isList(names) || !isList(roles)) throw badRequest(`${group} must have arrays of strings as names and roles`);
  }
  return security;
}

/** Routes of one database. */
export function databaseRoutes(app: FastifyInstance, context: Context): void {
  const { catalog, databases } = context.store;

  app.get('/:db', async (request) => {
    readQuery(request.query, {});
    return describe(context, enter(context, request));
  });

  app.put('/:db', async (request, reply) => {
    assertServerAdmin(request.couchUser);
    // Shards and replicas mean nothing here: there is one of each.
    const query = readQuery(request.query, { q: 'count', n: 'count', partitioned: 'boolean' });
    if (query.partitioned) throw badRequest('partitioned databases are not known here');
    await catalog.create(param(request, 'db'));
    reply.code(201).header('location', `/${encodeURIComponent(param(request, 'db'))}`);
    return { ok: true };
  });

  app.delete('/:db', async (request) => {
    assertServerAdmin(request.couchUser);
    const { rev } = request.query as { rev?: string };
    if (rev !== undefined)
      throw badRequest(
        'You tried to DELETE a database with a ?rev= parameter. Did you mean to DELETE a document instead?'
      );
    readQuery(request.query, {});
    await databases.destroy(param(request, 'db'));
    if (param(request, 'db') === USERS) context.accounts.forget();
    return { ok: true };
  });

  app.get('/:db/_security', async (request) => catalog.get(enter(context, request)).security);

  app.put('/:db/_security', async (request) => {
    const name = enter(context, request);
    assertDatabaseAdmin(catalog.get(name).security, request.couchUser);
    await catalog.change(name, { security: readSecurity(request.body) });
    return { ok: true };
  });

  app.get('/:db/_revs_limit', async (request) => catalog.get(enter(context, request)).revsLimit);

  app.put('/:db/_revs_limit', async (request) => {
    const name = enter(context, request);
    assertDatabaseAdmin(catalog.get(name).security, request.couchUser);
    if (!Number.isInteger(request.body) || Number(request.body) < 1)
      throw badRequest('`limit` must be a positive integer.');
    await databases.setRevsLimit(name, Number(request.body));
    return { ok: true };
  });

  app.post('/:db/_ensure_full_commit', async (request, reply) => {
    // Nothing to do: a write that was answered is on disk.
    enter(context, request);
    reply.code(201);
    return { ok: true, instance_start_time: '0' };
  });

  app.post('/:db/_compact', async (request, reply) => {
    const name = enter(context, request);
    assertDatabaseAdmin(catalog.get(name).security, request.couchUser);
    await inDatabase(context, request, (database) => database.pouch.compact());
    reply.code(202);
    return { ok: true };
  });
}
