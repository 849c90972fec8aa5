import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { SESSION_SECONDS } from '../auth/accounts.ts';
import { badRequest } from '../errors.ts';
import { readBody, readQuery } from '../params.ts';

const ATTRIBUTES = 'Version=1; Path=/; HttpOnly; SameSite=Strict';

/** `/_session`: cookie sessions. */
export function sessionRoutes(app: FastifyInstance, context: Context): void {
  app.post('/_session', async (request, reply) => {
    readQuery(request.query, {});
    const { name, username, password } = readBody(request.body);
    const account = name ?? username;
    if (typeof account !== 'string' || typeof password !== 'string')
      throw badRequest('name and password must be strings');
    const user = await context.accounts.signIn(account, password);
    const cookie = await context.accounts.session(account);
    reply.header('set-cookie', `AuthSession=${cookie}; ${ATTRIBUTES}; Max-Age=${SESSION_SECONDS}`);
    return { ok: true, ...user };
  });

  app.get('/_session', async (request) => ({
    ok: true,
    userCtx: request.couchUser,
    info: { authentication_handlers: ['cookie', 'default'] }
  }));

  app.delete('/_session', async (_request, reply) => {
    reply.header('set-cookie', `AuthSession=; ${ATTRIBUTES}; Max-Age=0`);
    return { ok: true };
  });
}
