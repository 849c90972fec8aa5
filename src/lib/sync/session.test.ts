import { expect, test, vi } from 'vitest';
import { keepSession, OtherPerson, signIn } from './session';

const answer = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify(body), { status, headers })));

const GRANT = {
  person: crypto.randomUUID(),
  access: 'a',
  accessExpiresAt: new Date(900_000).toISOString(),
  refresh: 'r',
  now: new Date(0).toISOString()
};

test('a grant comes back as it was given', async () => {
  answer(200, GRANT);
  expect(await signIn(' budi ', 'kata sandi')).toEqual(GRANT);
});

test('every reason has its code', async () => {
  answer(401, { code: 'wrong-credentials', message: '' });
  await expect(signIn('budi', 'x')).rejects.toMatchObject({ code: 'wrong-credentials' });
  answer(429, { code: 'too-many-tries', message: '', retryAfter: 17 });
  await expect(signIn('budi', 'x')).rejects.toMatchObject({ code: 'too-many-tries', retryAfter: 17 });
  answer(500, 'boom');
  await expect(signIn('budi', 'x')).rejects.toMatchObject({ code: 'server-trouble' });
  answer(200, { person: 'nobody' });
  await expect(signIn('budi', 'x')).rejects.toMatchObject({ code: 'server-trouble' });
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  await expect(signIn('budi', 'x')).rejects.toMatchObject({ code: 'no-signal' });
});

test('a place keeps its person: another account does not get in', async () => {
  const secrets = new Map<string, string>();
  const store = {
    secret: (name: string) => Promise.resolve(secrets.get(name)),
    setSecret: (name: string, value: string | undefined) => Promise.resolve(void secrets.set(name, value ?? '')),
    changeSetting: () => Promise.resolve()
  };
  await keepSession(store, GRANT);
  await keepSession(store, { ...GRANT, refresh: 'r2' });
  expect(secrets.get('refresh')).toBe('r2');
  await expect(keepSession(store, { person: crypto.randomUUID(), refresh: 'x' })).rejects.toBeInstanceOf(OtherPerson);
  expect(secrets.get('refresh')).toBe('r2');
});
