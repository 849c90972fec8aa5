import Fastify from 'fastify';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openMediaStore } from '../media/index.ts';
import { handleErrors } from './errors.ts';
import { makePerson } from './fixtures.ts';
import { guardRoutes } from './guard.ts';
import { mediaRoutes } from './media.ts';
import { unauthorized } from './problem.ts';

const content = new TextEncoder().encode('0123456789');
const app = Fastify();
let folder = '';
let url = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'smartasn-media-'));
  const media = await openMediaStore(folder);
  url = `/media/${await media.put(content)}`;
  handleErrors(app);
  guardRoutes(app, {
    authenticate: async (request) => {
      const [, role] = /^Bearer (staff|auditor)$/.exec(request.headers.authorization ?? '') ?? [];
      if (!role) throw unauthorized('no');
      return { person: role, session: crypto.randomUUID() };
    },
    findPerson: async (role) => makePerson('guru', { roles: [role] })
  });
  await app.register(mediaRoutes, { media });
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

const get = (headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET', target = url) =>
  app.inject({ method, url: target, headers: { authorization: 'Bearer staff', ...headers } });

test('the whole file, its head and a part of it', async () => {
  const whole = await get();
  expect([whole.statusCode, whole.body, whole.headers['content-length']]).toEqual([200, '0123456789', '10']);
  expect(whole.headers).toMatchObject({ etag: `"${url.slice(7)}"`, 'accept-ranges': 'bytes' });
  const head = await get({}, 'HEAD');
  expect([head.statusCode, head.body, head.headers['content-length']]).toEqual([200, '', '10']);
  const part = await get({ range: 'bytes=2-5' });
  expect([part.statusCode, part.body, part.headers['content-range']]).toEqual([206, '2345', 'bytes 2-5/10']);
});

test('a range behind the end is 416, a stale If-Range gets the whole file', async () => {
  const beyond = await get({ range: 'bytes=10-' });
  expect([beyond.statusCode, beyond.headers['content-range']]).toEqual([416, 'bytes */10']);
  expect((await get({ range: 'bytes=2-5', 'if-range': '"other"' })).statusCode).toBe(200);
  expect((await get({ range: 'bytes=2-5', 'if-range': `"${url.slice(7)}"` })).statusCode).toBe(206);
  expect((await get({ 'if-none-match': `"${url.slice(7)}"` })).statusCode).toBe(304);
});

test('only for those who are signed in, and only files that are here', async () => {
  expect((await get({ authorization: 'Bearer bad' })).statusCode).toBe(401);
  expect((await get({ authorization: 'Bearer auditor' })).statusCode).toBe(403);
  expect((await get({}, 'GET', `/media/${'0'.repeat(64)}`)).statusCode).toBe(404);
  expect((await get({}, 'GET', '/media/..%2f..%2fetc%2fpasswd')).statusCode).toBe(404);
});
