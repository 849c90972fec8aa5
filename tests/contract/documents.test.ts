import { beforeAll, expect, it } from 'vitest';
import { describeContract } from './server.ts';

describeContract('documents', (server) => {
  let db = '';
  beforeAll(async () => {
    db = await server().plain();
  });

  const put = async (id: string, body: unknown, headers: Record<string, string> = {}) =>
    server().call('PUT', `/${db}/${encodeURIComponent(id)}`, { body, headers });
  const get = async (id: string, query = '') => server().call('GET', `/${db}/${encodeURIComponent(id)}${query}`);

  it('are written, read, changed and deleted', async () => {
    const first = await put('crud', { text: 'é😀', list: [1, null, { a: 1.5 }] });
    expect([first.status, first.body.ok, first.body.id]).toEqual([201, true, 'crud']);
    expect(first.body.rev).toMatch(/^1-[0-9a-f]{32}$/);
    const read = await get('crud');
    expect(read.body).toEqual({ _id: 'crud', _rev: first.body.rev, text: 'é😀', list: [1, null, { a: 1.5 }] });
    const second = await put('crud', { text: 'b', _rev: first.body.rev });
    expect(second.body.rev).toMatch(/^2-/);
    const deleted = await server().call('DELETE', `/${db}/crud?rev=${String(second.body.rev)}`);
    expect([deleted.status, deleted.body.ok]).toEqual([200, true]);
    expect(deleted.body.rev).toMatch(/^3-/);
    expect((await get('crud')).body).toEqual({ error: 'not_found', reason: 'deleted' });
    expect((await get('never')).body).toEqual({ error: 'not_found', reason: 'missing' });
  });

  it('come back on top of their deletion', async () => {
    const first = await put('again', {});
    await server().call('DELETE', `/${db}/again?rev=${String(first.body.rev)}`);
    const back = await put('again', { back: true });
    expect([back.status, String(back.body.rev).split('-')[0]]).toEqual([201, '3']);
  });

  it('conflict when the revision is not the last', async () => {
    const { body: first } = await put('conflict', { n: 1 });
    for (const body of [{ n: 2 }, { n: 2, _rev: '1-00000000000000000000000000000000' }]) {
      const { status, body: answer } = await put('conflict', body);
      expect([status, answer.error, answer.reason]).toEqual([409, 'conflict', 'Document update conflict.']);
    }
    expect((await server().call('DELETE', `/${db}/conflict`)).status).toBe(409);
    expect((await server().call('DELETE', `/${db}/none?rev=${String(first.rev)}`)).status).toBe(404);
  });

  it('honour If-Match and If-None-Match', async () => {
    const { body: first, headers } = await put('match', { n: 1 });
    expect(headers.get('etag')).toBe(`"${String(first.rev)}"`);
    const second = await put('match', { n: 2 }, { 'if-match': String(first.rev) });
    expect(second.status).toBe(201);
    expect((await put('match', { n: 3 }, { 'if-match': String(first.rev) })).status).toBe(409);
    expect((await put('match', { n: 3, _rev: first.rev }, { 'if-match': String(second.body.rev) })).status).toBe(400);
    const read = await get('match');
    const tag = read.headers.get('etag') ?? '';
    expect(tag).toBe(`"${String(second.body.rev)}"`);
    const unchanged = await server().fetch('GET', `/${db}/match`, { headers: { 'if-none-match': tag } });
    expect(unchanged.status).toBe(304);
    const head = await server().fetch('HEAD', `/${db}/match`);
    expect([head.status, head.headers.get('etag')]).toEqual([200, tag]);
    expect((await server().fetch('HEAD', `/${db}/nothing`)).status).toBe(404);
  });

  it('take a revision in the query', async () => {
    const { body: first } = await put('query', {});
    const url = `/${db}/query?rev=${String(first.rev)}`;
    expect((await server().call('PUT', url, { body: { n: 2 } })).status).toBe(201);
  });

  it('show an old revision and its ancestors', async () => {
    const { body: first } = await put('old', { n: 1 });
    const { body: second } = await put('old', { n: 2, _rev: first.rev });
    expect((await get('old', `?rev=${String(first.rev)}`)).body).toMatchObject({ n: 1, _rev: first.rev });
    const { body } = await get('old', '?revs=true&revs_info=true');
    const hash = (rev: unknown) => String(rev).split('-')[1];
    expect(body._revisions).toEqual({ start: 2, ids: [hash(second.rev), hash(first.rev)] });
    expect(body._revs_info).toEqual([
      { rev: second.rev, status: 'available' },
      { rev: first.rev, status: 'available' }
    ]);
    expect((await get('old', '?rev=1-00000000000000000000000000000000')).status).toBe(404);
    expect((await get('old', `?rev=${String(first.rev)}&latest=true`)).body._rev).toBe(second.rev);
  });

  it('show conflicts and leaves', async () => {
    const { body: first } = await put('leaves', { n: 1 });
    const { body: second } = await put('leaves', { n: 2, _rev: first.rev });
    const other = {
      _id: 'leaves',
      n: 'b',
      _rev: '2-0',
      _revisions: { start: 2, ids: ['0', String(first.rev).slice(2)] }
    };
    const pushed = await server().call('POST', `/${db}/_bulk_docs`, { body: { docs: [other], new_edits: false } });
    expect(pushed.body).toEqual([]);
    const { body } = await get('leaves', '?conflicts=true');
    const [winner, loser] = String(second.rev) > '2-0' ? [second.rev, '2-0'] : ['2-0', second.rev];
    expect([body._rev, body._conflicts]).toEqual([winner, [loser]]);
    type Leaf = { ok?: { _rev: string }; missing?: string };
    const leaves = await server().call<Leaf[]>('GET', `/${db}/leaves?open_revs=all`);
    expect(leaves.body.map((leaf) => leaf.ok?._rev).sort()).toEqual(['2-0', second.rev].sort());
    const wanted = encodeURIComponent(JSON.stringify(['2-0', '9-9']));
    const some = await server().call<Leaf[]>('GET', `/${db}/leaves?open_revs=${wanted}&revs=true`);
    expect(some.body.map((leaf) => leaf.ok?._rev ?? leaf.missing).sort()).toEqual(['2-0', '9-9']);
    const latest = await server().call<Leaf[]>(
      'GET',
      `/${db}/leaves?open_revs=${encodeURIComponent(JSON.stringify([first.rev]))}&latest=true`
    );
    expect(latest.body.map((leaf) => leaf.ok?._rev).sort()).toEqual(['2-0', second.rev].sort());
  });

  it('may be posted without an id', async () => {
    const { status, body } = await server().call('POST', `/${db}`, { body: { n: 1 } });
    expect([status, body.ok]).toEqual([201, true]);
    expect((await get(String(body.id))).body.n).toBe(1);
  });

  it('have ids of any kind', async () => {
    for (const id of ['a/b', 'ä ö?&#', 'post:1.2', '_design/x', 'ＦＦ', '%2F', '+']) {
      expect([id, (await put(id, { id })).status]).toEqual([id, 201]);
      expect((await get(id)).body.id).toBe(id);
    }
    expect((await server().call('GET', `/${db}/_design/x`)).body.id).toBe('_design/x');
  });

  it('are refused when they are none', async () => {
    expect((await put('list', [1])).status).toBe(400);
    expect((await put('_reserved', {})).status).toBeGreaterThanOrEqual(400);
    const unknown = await put('field', { _unknown: 1 });
    expect([unknown.status, unknown.body.error]).toEqual([400, 'doc_validation']);
    const broken = await fetch(`${server().url}/${db}/broken`, {
      method: 'PUT',
      headers: { authorization: `Basic ${btoa(`${server().admin.name}:${server().admin.password}`)}` },
      body: '{"a":'
    });
    expect(broken.status).toBe(400);
  });

  it('may have 8 MB and not more', async () => {
    expect((await put('large', { text: 'x'.repeat(7_900_000) })).status).toBe(201);
    const { status, body } = await put('larger', { text: 'x'.repeat(8_100_000) });
    expect([status, body.error]).toEqual([413, 'document_too_large']);
    const bulk = await server().call('POST', `/${db}/_bulk_docs`, {
      body: { docs: [{ text: 'x'.repeat(8_100_000) }] }
    });
    expect(bulk.status).toBe(413);
  });
});
