import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from './server.ts';

/** The embedded database only: a real CouchDB ignores what it does not know, this one says so. */
describe('what the embedded database does not have', () => {
  let server: TestServer;
  let db = '';
  beforeAll(async () => {
    server = await startServer(undefined);
    db = await server.plain();
    await server.call('PUT', `/${db}/a`, { body: { n: 1 } });
  });
  afterAll(() => server.close());

  it.each([
    ['GET', '/_changes?filter=app/mine'],
    ['GET', '/_changes?feed=eventsource'],
    ['POST', '/_find'],
    ['POST', '/_index'],
    ['POST', '/_purge'],
    ['GET', '/_local_docs'],
    ['GET', '/_design/x/_view/y'],
    ['GET', '/a/picture.png'],
    ['PUT', '/a/picture.png']
  ])('is said: %s %s', async (method, path) => {
    const { status, body } = await server.call(method, `/${db}${path}`, method === 'GET' ? {} : { body: {} });
    expect([404, 501]).toContain(status);
    expect(String(body.reason)).toMatch(/does not have|has no/);
  });

  it('is said of unknown parameters and wrong values', async () => {
    for (const path of ['/_changes?filters=x', '/_all_docs?reduce=true', '/a?local_seq=true', '?verbose=true']) {
      const { status, body } = await server.call('GET', `/${db}${path}`);
      expect([path, status]).toEqual([path, 400]);
      expect(String(body.reason)).toMatch(/is not known here/);
    }
    for (const path of ['/_changes?limit=x', '/_all_docs?descending=yes', '/_all_docs?startkey=x', '/a?revs=1']) {
      expect([path, (await server.call('GET', `/${db}${path}`)).status]).toEqual([path, 400]);
    }
  });

  it('includes revisions that never were and ids that contradict the address', async () => {
    const put = async (path: string, body: unknown) => (await server.call('PUT', `/${db}/${path}`, { body })).status;
    expect(await put('new', { _rev: `1-${'0'.repeat(32)}` })).toBe(409);
    expect(await put('other', { _id: 'another' })).toBe(400);
    expect(await put('_local/x', {})).toBe(201);
    expect(await put('_local/x', { _rev: '0-1' })).toBe(201);
    expect(await put('_local/x', { _rev: '0-1' })).toBe(409);
  });

  it('includes attachments and foreign write rules', async () => {
    const attachments = { _attachments: { x: { data: 'eA==', content_type: 'text/plain' } } };
    expect((await server.call('PUT', `/${db}/attached`, { body: attachments })).status).toBe(501);
    const design = { validate_doc_update: 'function () { throw({ forbidden: "x" }); }' };
    expect((await server.call('PUT', `/${db}/_design/own`, { body: design })).status).toBe(501);
  });

  it('includes documents that would change prototypes', async () => {
    const headers = { 'content-type': 'application/json' };
    for (const body of ['{"__proto__":{"a":1}}', '{"x":{"__proto__":{"a":1}}}']) {
      const answer = await server.couch.fetch('admin', `/${db}/proto`, { method: 'PUT', headers, body });
      expect(answer.status).toBe(400);
    }
  });

  it('never ends the process, whatever is asked', async () => {
    const rev = fc.constantFrom(
      '1-x',
      '2-967a00dff5e02add41819138abb3284d',
      '0-0',
      '',
      'x',
      '__proto__',
      '1-__proto__'
    );
    const names = [
      'rev',
      'revs',
      'latest',
      'open_revs',
      'conflicts',
      'revs_info',
      'since',
      'limit',
      'startkey',
      'doc_ids'
    ];
    const value = fc.oneof(rev, fc.constantFrom('true', 'all', '[]', '["1-x"]', '"a"', '-1', '{}'), fc.string());
    const query = fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 4 });
    const target = fc.constantFrom('', '/a', '/b', '/_design/a', '/_local/a', '/_all_docs', '/_changes', '/_bulk_docs');
    const json = fc.oneof(fc.jsonValue(), fc.record({ docs: fc.array(fc.jsonValue()), new_edits: fc.boolean() }));
    const shape = fc.record({ _id: fc.constantFrom('a', 'b', '_design/a', ''), _rev: rev, _revisions: fc.jsonValue() });
    const docs = fc.record({ docs: fc.array(shape, { maxLength: 3 }), new_edits: fc.boolean() });
    const body = fc.oneof(json, docs, shape);
    const method = fc.constantFrom('GET', 'PUT', 'POST', 'DELETE');
    const bulk = fc.constantFrom('/_bulk_docs', '/_bulk_get?latest=true', '/_revs_diff', '/_all_docs', '/_changes');
    const { body: before } = await server.call('GET', '/_session');
    await fc.assert(
      fc.asyncProperty(method, fc.oneof(target, bulk), query, body, async (verb, path, params, value) => {
        if (verb === 'DELETE' && path === '') return;
        const joined = `/${db}${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams(params)}`;
        const { status } = await server.call(verb, joined, verb === 'GET' || verb === 'DELETE' ? {} : { body: value });
        expect(status).toBeLessThan(502);
        expect(status).not.toBe(500);
      }),
      { numRuns: 600 }
    );
    expect((await server.call('GET', '/_session')).body).toEqual(before);
    expect((await server.call('GET', `/${db}/_all_docs`)).status).toBe(200);
  });

  it('releases followers who went away', async () => {
    const followed = await server.plain();
    const query = 'feed=longpoll&since=now&heartbeat=60000';
    for (let round = 0; round < 5; round += 1) {
      const abort = new AbortController();
      const feeds = await Promise.all(
        Array.from({ length: 100 }, () =>
          server.fetch('GET', `/${followed}/_changes?${query}`, { signal: abort.signal })
        )
      );
      abort.abort();
      await Promise.all(feeds.map((feed) => feed.text().catch(() => '')));
    }
    const started = performance.now();
    for (let n = 0; n < 100; n += 1) await server.call('PUT', `/${followed}/d${n}`, { body: {} });
    expect(performance.now() - started).toBeLessThan(10_000);
    // A database that is followed is never closed; deleting it must still work at once.
    expect((await server.call('DELETE', `/${followed}`)).status).toBe(200);
  });
});
