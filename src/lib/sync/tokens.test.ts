import { beforeEach, expect, test, vi } from 'vitest';
import { FakeServer } from './testing/fake-server';
import { createApi } from './tokens';

let server: FakeServer;
let secrets: Map<string, string>;

const someApi = () =>
  createApi({
    secret: (name) => Promise.resolve(secrets.get(name)),
    setSecret: (name, value) => Promise.resolve(void (value ? secrets.set(name, value) : secrets.delete(name)))
  });

beforeEach(() => {
  server = new FakeServer();
  secrets = new Map([['refresh', server.session.refresh]]);
  server.media.set('a', new Uint8Array([1]));
  vi.stubGlobal('fetch', server.fetch);
});

test('many requests at once renew the token once, and later ones use it', async () => {
  const api = someApi();
  await Promise.all([api.fetch('/media/a'), api.fetch('/media/a'), api.fetch('/media/a')]);
  await api.fetch('/media/a');
  expect(server.count('refresh')).toBe(1);
  expect(server.count('/media')).toBe(4);
});

test('nothing is stored by HTTP caches, and no cookie or address travels', async () => {
  const seen: RequestInit[] = [];
  vi.stubGlobal('fetch', (input: string, init: RequestInit) => {
    seen.push(init);
    return server.fetch(input, init);
  });
  await someApi().fetch('/media/a', { cache: 'force-cache', credentials: 'include' });
  for (const init of seen) {
    expect(init).toMatchObject({ cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer' });
  }
});

test('a token that the server no longer takes is renewed and the request sent again', async () => {
  const api = someApi();
  await api.fetch('/media/a');
  server.fault = ({ path }, index) => (path === '/media/a' && index === 2 ? 401 : undefined);
  expect((await api.fetch('/media/a')).status).toBe(200);
  expect(server.count('refresh')).toBe(2);
});

test('a token close to its end is renewed before it is used', async () => {
  server.session.lifeSeconds = 20;
  const api = someApi();
  await api.fetch('/media/a');
  await api.fetch('/media/a');
  expect(server.count('refresh')).toBe(2);
});

test('an ended session is told once to the server, until there is another refresh token', async () => {
  server.session.valid = false;
  const api = someApi();
  await expect(api.fetch('/media/a')).rejects.toMatchObject({ code: 'signed-out' });
  await expect(api.fetch('/media/a')).rejects.toMatchObject({ code: 'signed-out' });
  expect(server.asked).toHaveLength(1);
  server.session = { ...server.session, valid: true, refresh: 'refresh-2' };
  secrets.set('refresh', 'refresh-2');
  expect((await api.fetch('/media/a')).status).toBe(200);
});

test('a device that was reported lost is told so, and nothing else is taken for that', async () => {
  const answer = (body: object) => new Response(JSON.stringify(body), { status: 403 });
  vi.stubGlobal('fetch', () => Promise.resolve(answer({ code: 'device-lost', message: '' })));
  await expect(someApi().fetch('/media/a')).rejects.toMatchObject({ code: 'lost' });
  for (const body of [{ code: 'other', message: '' }, {}]) {
    vi.stubGlobal('fetch', () => Promise.resolve(answer(body)));
    await expect(someApi().fetch('/media/a')).rejects.toMatchObject({ code: 'forbidden' });
  }
});

test('no answer is offline, trouble is trouble, and an ended call is aborted', async () => {
  const api = someApi();
  server.fault = () => 'refused';
  await expect(api.fetch('/media/a')).rejects.toMatchObject({ code: 'offline' });
  server.fault = () => 503;
  await expect(api.fetch('/media/a')).rejects.toMatchObject({ code: 'server' });
  server.fault = () => undefined;
  await expect(api.fetch('/media/a', { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
});

test('the probe says whether somebody answers', async () => {
  const api = someApi();
  const { signal } = new AbortController();
  expect(await api.reachable(signal)).toBe(true);
  for (const fault of ['refused', 503] as const) {
    server.fault = () => fault;
    expect(await api.reachable(signal)).toBe(false);
  }
});
