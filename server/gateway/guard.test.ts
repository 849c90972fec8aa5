import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { makePerson } from './fixtures.ts';
import { guardRoutes } from './guard.ts';

const open = () => {
  const app = Fastify();
  guardRoutes(app, {
    authenticate: async () => ({ person: 'x', session: 'y' }),
    findPerson: async () => makePerson('guru', { roles: ['auditor'] })
  });
  return app;
};

test('a route that does not say who may call it, or how large a body it takes, is not accepted', async () => {
  const app = open();
  expect(() => app.get('/api/new', async () => 'x')).toThrow('The route /api/new needs config.guard');
  expect(() => app.post('/api/new', { config: { guard: 'anyone' } }, async () => 'x')).toThrow('needs a bodyLimit');
  await app.close();
});

test('a resource is refused before the body is read', async () => {
  const app = open();
  let called = false;
  app.post('/api/new', { bodyLimit: 1, config: { guard: { resource: 'media' } } }, async () => (called = true));
  const answer = await app.inject({ method: 'POST', url: '/api/new', payload: 'not json' });
  expect([answer.statusCode, called]).toEqual([403, false]);
  await app.close();
});
