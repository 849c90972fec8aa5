import Fastify, { type FastifyInstance } from 'fastify';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { handleErrors } from '../errors.ts';
import { appRoutes } from './index.ts';

const SCRIPT = '\n\timport("/_app/immutable/entry/start.abc.js");\n';
const PAGE = `<!doctype html><script src="/x.js"></script><script type="module">${SCRIPT}</script>`;
const FILES: Record<string, string> = {
  'index.html': PAGE,
  'service-worker.js': 'self.skip=1',
  'manifest.webmanifest': '{}',
  'package-frame.html': '<!doctype html>',
  '_app/version.json': '{"version":"1"}',
  '_app/immutable/entry/start.abc.js': 'export const start = 1;',
  '_app/immutable/workers/kdf.abc.js': 'self.kdf=1',
  '.stamp': 'secret'
};

let build = '';
let app: FastifyInstance;

beforeAll(async () => {
  build = await mkdtemp(path.join(os.tmpdir(), 'smartasn-build-'));
  for (const [name, text] of Object.entries(FILES)) {
    await mkdir(path.dirname(path.join(build, name)), { recursive: true });
    await writeFile(path.join(build, name), text);
    await writeFile(path.join(build, `${name}.br`), new Uint8Array(brotliCompressSync(text)));
    await writeFile(path.join(build, `${name}.gz`), new Uint8Array(gzipSync(text)));
  }
  app = Fastify();
  handleErrors(app);
  await app.register(appRoutes, { build });
});
afterAll(async () => {
  await app.close();
  await rm(build, { recursive: true });
});

const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });
const directives = (policy: unknown): Record<string, string> =>
  Object.fromEntries(
    String(policy)
      .split('; ')
      .map((directive) => [directive.split(' ')[0], directive.slice(directive.indexOf(' ') + 1)])
  );

test('the page that holds packages lets scripts run and nothing out, and only the app may hold it', async () => {
  const { headers } = await get('/package-frame.html');
  const policy = directives(headers['content-security-policy']);
  expect(policy).toMatchObject({ 'default-src': "'none'", 'form-action': "'none'", 'frame-ancestors': "'self'" });
  for (const sources of Object.values(policy)) expect(sources).not.toMatch(/https?:(?!\/\/package\.invalid$)|\*|wss?:/);
  for (const name of ['script-src', 'connect-src', 'img-src', 'frame-src'])
    expect(policy[name]).not.toContain("'self'");
  expect(headers['permissions-policy']).toContain('camera=()');
  expect(headers['permissions-policy']).toContain('autoplay=*');
  expect(headers).toMatchObject({ 'cross-origin-embedder-policy': 'require-corp', 'x-dns-prefetch-control': 'off' });
});

test('the page has a strict policy with the hash of its inline script and nothing unsafe', async () => {
  const { headers, body } = await get('/');
  expect(body).toBe(PAGE);
  const hash = createHash('sha256').update(SCRIPT).digest('base64');
  expect(directives(headers['content-security-policy'])).toEqual({
    'default-src': "'none'",
    'script-src': `'self' 'sha256-${hash}'`,
    'style-src': "'self'",
    'img-src': "'self' blob: data:",
    'font-src': "'self'",
    'connect-src': "'self'",
    'media-src': "'self' blob:",
    'worker-src': "'self'",
    'frame-src': "'self'",
    'manifest-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
    'require-trusted-types-for': "'script'",
    'trusted-types': 'svelte-trusted-html smartasn-worker'
  });
  expect(String(headers['content-security-policy'])).not.toContain('unsafe');
  expect(headers).toMatchObject({
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'permissions-policy': expect.stringContaining('geolocation=()')
  });
});

test('only workers may compile WebAssembly, and they run no inline script', async () => {
  const worker = await get('/_app/immutable/workers/kdf.abc.js');
  expect(directives(worker.headers['content-security-policy'])['script-src']).toBe("'self' 'wasm-unsafe-eval'");
  const chunk = await get('/_app/immutable/entry/start.abc.js');
  expect(String(chunk.headers['content-security-policy'])).not.toContain('unsafe');
});

test('hashed names are kept for ever, the page and the service worker are asked for each time', async () => {
  const caching = async (url: string) => (await get(url)).headers['cache-control'];
  expect(await caching('/_app/immutable/entry/start.abc.js')).toBe('public, max-age=31536000, immutable');
  for (const url of [
    '/',
    '/index.html',
    '/feed',
    '/service-worker.js',
    '/_app/version.json',
    '/manifest.webmanifest'
  ]) {
    expect(await caching(url), url).toBe('no-cache');
  }
});

test('files come compressed as the browser takes them, with their own type', async () => {
  const answer = await get('/_app/immutable/entry/start.abc.js', { 'accept-encoding': 'gzip, br' });
  expect(answer.headers).toMatchObject({
    'content-encoding': 'br',
    'content-type': expect.stringContaining('javascript'),
    vary: 'accept-encoding'
  });
  expect(brotliDecompressSync(new Uint8Array(answer.rawPayload)).toString()).toBe(
    FILES['_app/immutable/entry/start.abc.js']
  );
  const plain = await get('/_app/immutable/entry/start.abc.js');
  expect(plain.headers['content-encoding']).toBeUndefined();
});

test('paths that only the router knows get the page', async () => {
  for (const url of ['/feed', '/courses/abc/2', '/profile?x=1', '/people/', '/sync', '/databases']) {
    const answer = await get(url);
    expect([answer.statusCode, answer.body], url).toEqual([200, PAGE]);
  }
});

test('missing chunks and unknown paths of the server are 404 in JSON, and no cache keeps that', async () => {
  const urls = [
    '/_app/immutable/entry/gone.js',
    '/_app/immutable',
    '/favicon.gone',
    '/api/none',
    '/db',
    '/media',
    '/api'
  ];
  for (const url of urls) {
    const answer = await get(url);
    expect(answer.statusCode, url).toBe(404);
    expect(answer.json(), url).toMatchObject({ code: 'not-found' });
    expect(answer.headers['cache-control']).toBe('no-store');
  }
});

test('nothing outside the folder and no hidden file is served', async () => {
  for (const url of [
    '/.stamp',
    '/_app/../.stamp',
    '/..%2f..%2fetc%2fpasswd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/_app/..%5c..%5c.stamp',
    '//etc/passwd',
    '/a%00b',
    '/%ZZ'
  ]) {
    const answer = await get(url);
    expect(answer.body === PAGE || answer.statusCode >= 400, url).toBe(true);
    expect(answer.body).not.toMatch(/secret|root:/);
  }
});

test('a new build under a running server brings its own hash; without a build that is said', async () => {
  const other = 'console.log("new")';
  await writeFile(path.join(build, 'index.html'), `<!doctype html><script>${other}</script>`);
  const hash = createHash('sha256').update(other).digest('base64');
  expect((await get('/')).headers['content-security-policy']).toContain(`'sha256-${hash}'`);
  await rm(path.join(build, 'index.html'));
  const answer = await get('/');
  expect([answer.statusCode, answer.json()]).toEqual([503, expect.objectContaining({ code: 'not-built' })]);
});
