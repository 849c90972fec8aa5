import Fastify, { type FastifyInstance } from 'fastify';
import type { Context } from './context.ts';
import { toCouchError } from './errors.ts';
import { REQUEST_LIMIT } from '../limits.ts';
import { allDocsRoutes } from './routes/all-docs.ts';
import { bulkRoutes } from './routes/bulk.ts';
import { changesRoutes } from './routes/changes.ts';
import { databaseRoutes } from './routes/database.ts';
import { documentRoutes } from './routes/documents.ts';
import { localRoutes } from './routes/local.ts';
import { serverRoutes } from './routes/server.ts';
import { sessionRoutes } from './routes/session.ts';

/** The HTTP layer of the embedded database: CouchDB's routes as far as this project calls them. */
export function buildServer(context: Context, uuid: string): FastifyInstance {
  const app = Fastify({
    bodyLimit: REQUEST_LIMIT,
    routerOptions: { maxParamLength: 4_000 },
    forceCloseConnections: true,
    keepAliveTimeout: 30_000
  });

  // CouchDB takes any body as JSON; a form only for signing in.
  const json = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body))))
  );
  app.addContentTypeParser('*', { parseAs: 'string' }, (request, body, done) => {
    request.couchBytes = Buffer.byteLength(String(body));
    if (body === '') done(null, undefined);
    else void json(request, String(body), done);
  });

  app.decorateRequest('couchUser');
  app.decorateRequest('couchBytes', 0);
  app.addHook('onRequest', async (request) => {
    // Signing in replaces whatever credentials came along.
    const fresh = request.method !== 'GET' && request.url === '/_session';
    request.couchUser = await context.accounts.authenticate(fresh ? {} : request.headers);
  });
  app.addHook('onSend', async (_request, reply) => {
    reply.header('server', 'SmartASN embedded database').header('cache-control', 'must-revalidate');
  });
  app.setErrorHandler((fault, _request, reply) => {
    const { status, error, message } = toCouchError(fault);
    if (status === 500) console.error('embedded database:', fault instanceof Error ? fault.stack : fault);
    return reply.code(status).send({ error, reason: message });
  });
  app.setNotFoundHandler((request, reply) =>
    reply
      .code(404)
      .send({ error: 'not_found', reason: `The embedded database has no ${request.method} ${request.url}` })
  );

  serverRoutes(app, context, uuid);
  sessionRoutes(app, context);
  databaseRoutes(app, context);
  bulkRoutes(app, context);
  allDocsRoutes(app, context);
  changesRoutes(app, context);
  localRoutes(app, context);
  documentRoutes(app, context);
  return app;
}
