import type { FastifyInstance } from 'fastify';
import { inDatabase, param, type Context } from '../context.ts';
import { badRequest, unsupported } from '../errors.ts';
import { incoming } from '../incoming.ts';
import { readQuery } from '../params.ts';

/** `_local` documents: checkpoints of replication. They are not replicated and no write rule applies to them. */
export function localRoutes(app: FastifyInstance, context: Context): void {
  const path = '/:db/_local/:local';

  app.get(path, (request) =>
    inDatabase(context, request, (database) => {
      readQuery(request.query, { rev: 'text', attachments: 'boolean' });
      return database.pouch.get(`_local/${param(request, 'local')}`);
    })
  );

  app.put(path, (request, reply) =>
    inDatabase(context, request, async (database) => {
      const id = `_local/${param(request, 'local')}`;
      readQuery(request.query, {});
      const { _rev: given, ...value } = (request.body ?? {}) as Record<string, unknown>;
      const [doc] = await incoming([{ ...value, _id: id }], database.name, request.couchBytes);
      if (!doc) throw badRequest('Document must be a JSON object');
      const { rev } = await database.pouch.put(given === undefined ? doc : { ...doc, _rev: String(given) });
      reply.code(201);
      return { ok: true, id, rev };
    })
  );

  app.delete(path, (request) =>
    inDatabase(context, request, async (database) => {
      const id = `_local/${param(request, 'local')}`;
      const { rev } = readQuery(request.query, { rev: 'text' });
      const current = await database.pouch.get(id);
      await database.pouch.remove(id, rev ?? String(current._rev));
      return { ok: true, id, rev: '0-0' };
    })
  );

  app.get('/:db/_local_docs', () => {
    throw unsupported('a list of local documents');
  });
}
