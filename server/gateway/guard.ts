import type { FastifyInstance } from 'fastify';
import { mayUse } from '../access/allows.ts';
import type { Resource } from '../access/table.ts';
import type { Authenticate } from './identity.ts';
import type { FindPerson } from './people.ts';
import { forbidden } from './problem.ts';

/**
 * How a route of the gateway is guarded: `anyone` may call it, it asks the table itself for the `database` it is about,
 * or it is a resource of the table and checked before its body is read.
 */
export type Guard = 'anyone' | 'database' | { resource: Resource };

declare module 'fastify' {
  interface FastifyContextConfig {
    guard?: Guard;
  }
}

export interface GuardParts {
  authenticate: Authenticate;
  findPerson: FindPerson;
}

const BODYLESS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/**
 * Guards all routes of this context that are added from now on. One that does not say how, or how large the body is that
 * it takes, is not accepted.
 */
export function guardRoutes(app: FastifyInstance, { authenticate, findPerson }: GuardParts): void {
  app.addHook('onRoute', ({ url, method, config, bodyLimit }) => {
    if (!config?.guard) throw new Error(`The route ${url} needs config.guard (server/gateway/guard.ts).`);
    if (bodyLimit === undefined && [method].flat().some((verb) => !BODYLESS.has(verb)))
      throw new Error(`The route ${url} needs a bodyLimit.`);
  });
  app.addHook('onRequest', async (request) => {
    const { guard } = request.routeOptions.config;
    if (typeof guard !== 'object') return;
    const { person } = await authenticate(request);
    if (!mayUse(await findPerson(person), guard.resource, request.method))
      throw forbidden('This is not for your role.');
  });
}
