import type { FastifyInstance } from 'fastify';
import { allows } from '../../access/allows.ts';
import type { Couch } from '../../couch/types.ts';
import type { Sightings } from '../audit/sightings.ts';
import type { Authenticate } from '../identity.ts';
import type { FindPerson } from '../people.ts';
import { forbidden, Problem } from '../problem.ts';
import { BODY_LIMIT, keepBodiesRaw } from './body.ts';
import { proxy } from './proxy.ts';
import { checkQuery } from './query.ts';
import { parseTarget } from './shapes.ts';

export interface DbParts {
  couch: Couch;
  authenticate: Authenticate;
  findPerson: FindPerson;
  sightings: Sightings;
}

/** `/db/*`: CouchDB behind the authorization table (server/access/). Runs in a context of its own, because bodies stay streams here. */
export async function dbRoutes(app: FastifyInstance, parts: DbParts): Promise<void> {
  const { couch, authenticate, findPerson, sightings } = parts;
  keepBodiesRaw(app);

  // CouchDB's own error fields beside ours: PouchDB reads `error` and `reason`.
  app.setErrorHandler((error, _request, reply) => {
    if (!(error instanceof Problem)) throw error;
    if (error.retryAfter !== undefined) reply.header('retry-after', error.retryAfter);
    return reply.code(error.status).send({ ...error.body(), error: error.code, reason: error.message });
  });

  // PouchDB asks the root for a server id; without one it uses the database's address, which is what we want.
  app.get('/db/', { config: { guard: 'database' } }, async (request) => {
    await findPerson((await authenticate(request)).person);
    return { couchdb: 'Welcome', vendor: { name: 'SmartASN' } };
  });

  app.route({
    method: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
    url: '/db/*',
    exposeHeadRoute: false,
    bodyLimit: BODY_LIMIT,
    config: { guard: 'database' },
    handler: async (request, reply) => {
      const { person: id } = await authenticate(request);
      const url = request.raw.url ?? '';
      const cut = url.indexOf('?');
      const target = parseTarget(cut < 0 ? url : url.slice(0, cut));
      const person = await findPerson(id);
      if (!target || !allows(person, target.database, target.shape, request.method)) {
        throw forbidden('This call is not allowed.');
      }
      await sightings.read(person, target.database, target.document);
      await proxy(request, reply, couch, target.path + checkQuery(target.shape, cut < 0 ? '' : url.slice(cut + 1)));
      return reply;
    }
  });
}
