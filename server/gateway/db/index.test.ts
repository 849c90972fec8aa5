import { afterAll, beforeAll, expect, test } from 'vitest';
import { docId, uuidv7 } from '../../../src/lib/domain/ids.ts';
import { deliver, makePerson, makePost, openTestGateway, type TestGateway } from '../fixtures.ts';
import { BODY_LIMIT } from './body.ts';

const guru = makePerson('guru');
const rekan = makePerson('rekan');
const root = `/db/person-${guru.id}`;
let gateway: TestGateway;

beforeAll(async () => {
  gateway = await openTestGateway([guru, rekan]);
  await deliver(gateway.couch, 'sekolah', [makePost('sekolah', Date.now())]);
  await deliver(gateway.couch, 'lain', [makePost('lain', Date.now())]);
});
afterAll(() => gateway.close());

async function call(path: string, init: RequestInit & { as?: typeof guru } = {}): Promise<Response> {
  const headers = { ...(await gateway.bearer(init.as ?? guru)), 'content-type': 'application/json', ...init.headers };
  return fetch(gateway.origin + path, { ...init, headers });
}

const ownPost = (fields: object = {}) => ({
  _id: docId('post', uuidv7()),
  type: 'post',
  schema: 1,
  edit: uuidv7(),
  body: 'isi',
  ...fields
});

test('without a token there is only 401, with the fields that PouchDB reads', async () => {
  for (const path of ['/db/', root, '/db/registry', '/db/nothing/_all_docs']) {
    const answer = await fetch(gateway.origin + path);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ code: 'unauthorized', error: 'unauthorized' });
    expect(answer.headers.get('cache-control')).toBe('no-store');
  }
});

test('a cookie is no token and gets none', async () => {
  const { authorization } = await gateway.bearer(guru);
  const answer = await fetch(gateway.origin + root, { headers: { cookie: `AuthSession=x; token=${authorization}` } });
  expect(answer.status).toBe(401);
  const good = await call(root);
  expect(good.headers.get('set-cookie')).toBeNull();
  expect(good.headers.get('server')).toBeNull();
});

test('the owner writes, reads back and follows changes', async () => {
  const doc = ownPost();
  const written = await call(`${root}/_bulk_docs`, { method: 'POST', body: JSON.stringify({ docs: [doc] }) });
  expect(written.status).toBe(201);
  expect(await (await call(`${root}/${doc._id}`)).json()).toMatchObject(doc);
  const changes = await call(`${root}/_changes?style=all_docs&limit=100`);
  expect(changes.headers.get('cache-control')).toBe('no-store');
  expect(JSON.stringify(await changes.json())).toContain(doc._id);
  const local = await call(`${root}/_local/abc`, { method: 'PUT', body: '{"last_seq":1}' });
  expect(local.status).toBe(201);
});

test('nobody else reaches a person database, whatever the call', async () => {
  for (const path of [root, `${root}/_changes`, `${root}/_all_docs`, `${root}/record:${guru.id}`]) {
    expect((await call(path, { as: rekan })).status, path).toBe(403);
  }
  for (const path of ['_bulk_docs', '_bulk_get', '_revs_diff']) {
    const answer = await call(`${root}/${path}`, { method: 'POST', body: '{"docs":[]}', as: rekan });
    expect(answer.status, path).toBe(403);
  }
});

test('paths that climb out of a database are refused', async () => {
  const { authorization } = await gateway.bearer(guru);
  for (const url of [`${root}/../registry/_all_docs`, `${root}%2f..%2fregistry/_all_docs`, `${root}/..%2Fregistry`]) {
    const answer = await gateway.app.inject({ url, headers: { authorization } });
    expect([403, 404], url).toContain(answer.statusCode);
  }
});

test('channels are read by members and written by nobody', async () => {
  expect((await call('/db/channel-sekolah/_all_docs')).status).toBe(200);
  expect((await call('/db/channel-lain/_all_docs')).status).toBe(403);
  const body = JSON.stringify({ docs: [makePost('sekolah', Date.now())] });
  expect((await call('/db/channel-sekolah/_bulk_docs', { method: 'POST', body })).status).toBe(403);
  expect((await call('/db/channel-sekolah/_local/x', { method: 'PUT', body: '{}' })).status).toBe(403);
});

test('a person cannot write what only the server writes; the rest of the batch is stored', async () => {
  const good = ownPost();
  const receipt = { _id: `receipt:${good._id}`, type: 'receipt', schema: 1, edit: uuidv7(), status: 'delivered' };
  const body = JSON.stringify({ docs: [good, receipt] });
  const answer = await call(`${root}/_bulk_docs`, { method: 'POST', body });
  const rows = (await answer.json()) as { id: string; error?: string }[];
  expect(rows.map(({ error }) => error)).toEqual([undefined, 'forbidden']);
});

test('administration and design documents are out of reach', async () => {
  for (const path of ['_security', '_compact', '_purge', '_find', '_design/rules', '_design%2Frules', '_local_docs']) {
    expect((await call(`${root}/${path}`)).status, path).toBe(403);
  }
  for (const method of ['PUT', 'DELETE']) expect((await call(root, { method })).status).toBe(403);
});

test('a body over the limit is refused, declared or not', async () => {
  const big = JSON.stringify({ docs: [ownPost({ body: 'x'.repeat(BODY_LIMIT) })] });
  const declared = await call(`${root}/_bulk_docs`, { method: 'POST', body: big });
  expect(declared.status).toBe(413);
  expect(await declared.json()).toMatchObject({ code: 'too-large' });
  const stream = new Blob([big]).stream();
  const chunked = await call(`${root}/_bulk_docs`, { method: 'POST', body: stream, duplex: 'half' } as RequestInit);
  expect(chunked.status).toBe(413);
});

test('a large body below the limit streams through', async () => {
  const docs = Array.from({ length: 30 }, () => ownPost({ body: 'x'.repeat(100_000) }));
  const answer = await call(`${root}/_bulk_docs`, { method: 'POST', body: JSON.stringify({ docs }) });
  expect(answer.status).toBe(201);
  const all = await call(`${root}/_all_docs?include_docs=true`, { headers: { 'accept-encoding': 'gzip' } });
  expect(all.headers.get('content-encoding')).toBe('gzip');
  expect(JSON.stringify(await all.json())).toContain(docs[29]?._id);
});
