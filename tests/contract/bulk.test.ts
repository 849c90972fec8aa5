import { beforeAll, expect, it } from 'vitest';
import { describeContract } from './server.ts';

type Row = Record<string, unknown>;

describeContract('many documents at once', (server) => {
  let db = '';
  beforeAll(async () => {
    db = await server().plain();
  });

  const bulk = (docs: Row[], rest: Row = {}) =>
    server().call<Row[]>('POST', `/${db}/_bulk_docs`, { body: { docs, ...rest } });

  it('are written each by its own', async () => {
    const first = await bulk([{ _id: 'a' }, { _id: 'b' }, { n: 'no id' }]);
    expect(first.status).toBe(201);
    expect(first.body.map((row) => [row.ok, typeof row.rev])).toEqual(Array(3).fill([true, 'string']));
    const again = await bulk([{ _id: 'a' }, { _id: 'c' }, { _id: 'b', _rev: first.body[1]?.rev, _deleted: true }]);
    expect(again.body[0]).toEqual({ id: 'a', error: 'conflict', reason: 'Document update conflict.' });
    expect(again.body.slice(1).map((row) => row.ok)).toEqual([true, true]);
  });

  it('are refused without a list', async () => {
    expect((await server().call('POST', `/${db}/_bulk_docs`, { body: {} })).status).toBe(400);
    expect((await server().call('POST', `/${db}/_bulk_docs`, { body: { docs: {} } })).status).toBe(400);
  });

  it('keep given revisions with new_edits=false, twice the same', async () => {
    const doc = { _id: 'given', n: 1, _rev: '3-c', _revisions: { start: 3, ids: ['c', 'b', 'a'] } };
    expect((await bulk([doc], { new_edits: false })).body).toEqual([]);
    expect((await bulk([doc], { new_edits: false })).body).toEqual([]);
    const { body } = await server().call('GET', `/${db}/given?revs=true&conflicts=true`);
    expect(body).toEqual(doc);
    const { body: info } = await server().call('GET', `/${db}`);
    await bulk([doc], { new_edits: false });
    expect((await server().call('GET', `/${db}`)).body.update_seq).toBe(info.update_seq);
  });

  it('take a deletion that was never seen alive', async () => {
    const doc = { _id: 'dead', _deleted: true, _rev: '2-b', _revisions: { start: 2, ids: ['b', 'a'] } };
    expect((await bulk([doc], { new_edits: false })).body).toEqual([]);
    expect((await server().call('GET', `/${db}/dead`)).body.reason).toBe('deleted');
    expect((await server().call('GET', `/${db}/dead?rev=2-b`)).body).toMatchObject({ _deleted: true });
  });

  it('say which revisions are missing', async () => {
    await bulk([{ _id: 'diff', _rev: '2-b', _revisions: { start: 2, ids: ['b', 'a'] } }], { new_edits: false });
    const { body } = await server().call('POST', `/${db}/_revs_diff`, {
      body: { diff: ['2-b', '2-c', '1-a'], unknown: ['1-x'] }
    });
    expect(body).toMatchObject({ diff: { missing: ['2-c'] }, unknown: { missing: ['1-x'] } });
    expect(Object.keys(body)).toHaveLength(2);
    const { body: none } = await server().call('POST', `/${db}/_revs_diff`, { body: { diff: ['2-b'] } });
    expect(none).toEqual({});
  });

  it('are read together, the missing ones with their error', async () => {
    await bulk([{ _id: 'get', n: 1, _rev: '2-b', _revisions: { start: 2, ids: ['b', 'a'] } }], { new_edits: false });
    await bulk([{ _id: 'get', n: 2, _rev: '2-a', _revisions: { start: 2, ids: ['a', 'a'] } }], { new_edits: false });
    const docs = [{ id: 'get', rev: '2-b' }, { id: 'get' }, { id: 'get', rev: '2-x' }, { id: 'nowhere' }];
    const { status, body } = await server().call<{ results: { id: string; docs: Row[] }[] }>(
      'POST',
      `/${db}/_bulk_get?revs=true&latest=true`,
      { body: { docs } }
    );
    expect(status).toBe(200);
    const seen = body.results.map(({ id, docs: found }) => [id, found.map((one) => one.ok ?? one.error)]);
    expect(seen[0]).toEqual(['get', [expect.objectContaining({ n: 1, _revisions: { start: 2, ids: ['b', 'a'] } })]]);
    expect(seen[2]).toEqual(['get', [{ id: 'get', rev: '2-x', error: 'not_found', reason: 'missing' }]]);
    expect(seen[3]).toMatchObject(['nowhere', [{ id: 'nowhere', error: 'not_found', reason: 'missing' }]]);
    expect((await server().call('POST', `/${db}/_bulk_get`, { body: {} })).status).toBe(400);
  });
});

describeContract('all documents', (server) => {
  let db = '';
  const ids = Array.from({ length: 1203 }, (_, n) => `doc:${String(n).padStart(5, '0')}`);
  beforeAll(async () => {
    db = await server().plain();
    const docs = ids.map((_id, n) => ({ _id, n }));
    await server().call('POST', `/${db}/_bulk_docs`, { body: { docs } });
    const { body } = await server().call('PUT', `/${db}/zz-deleted`, { body: {} });
    await server().call('DELETE', `/${db}/zz-deleted?rev=${String(body.rev)}`);
  });

  type Answer = { total_rows: number; rows: Row[] };
  const list = async (query: Record<string, unknown>) => {
    const texts = Object.entries(query).map(([name, value]) => [name, JSON.stringify(value)]);
    return server().call<Answer>('GET', `/${db}/_all_docs?${new URLSearchParams(texts)}`);
  };
  const idsOf = ({ body }: { body: Answer }) => body.rows.map((row) => row.id);

  it('are listed in order', async () => {
    const all = await list({});
    expect(idsOf(all)).toEqual(ids);
    expect(all.body.total_rows).toBe(ids.length);
    expect(all.body.rows[0]).toEqual({ id: ids[0], key: ids[0], value: { rev: expect.stringMatching(/^1-/) } });
    expect(idsOf(await list({ descending: true }))).toEqual([...ids].reverse());
  });

  it('are listed by range, limit and skip', async () => {
    expect(idsOf(await list({ startkey: ids[10], endkey: ids[12] }))).toEqual(ids.slice(10, 13));
    expect(idsOf(await list({ startkey: ids[10], endkey: ids[12], inclusive_end: false }))).toEqual(ids.slice(10, 12));
    expect(idsOf(await list({ startkey: ids[12], endkey: ids[10], descending: true }))).toEqual(
      ids.slice(10, 13).reverse()
    );
    expect(idsOf(await list({ limit: 700, skip: 3 }))).toEqual(ids.slice(3, 703));
    expect(idsOf(await list({ limit: 700, descending: true, startkey: ids[900] }))).toEqual(
      ids.slice(201, 901).reverse()
    );
    expect(idsOf(await list({ key: ids[5] }))).toEqual([ids[5]]);
    expect(idsOf(await list({ limit: 0 }))).toEqual([]);
  });

  it('are none in a range that is the wrong way round', async () => {
    for (const range of [
      { startkey: ids[12], endkey: ids[10] },
      { startkey: ids[10], endkey: ids[12], descending: true }
    ]) {
      const { status, body } = await list(range);
      expect([status, body.rows, body.total_rows]).toEqual([200, [], ids.length]);
    }
  });

  it('come with their documents', async () => {
    const { body } = await list({ startkey: ids[1], limit: 1, include_docs: true });
    expect(body.rows[0]?.doc).toMatchObject({ _id: ids[1], n: 1 });
  });

  it('are listed by keys, with the missing and the deleted', async () => {
    const { body } = await server().call<Answer>('POST', `/${db}/_all_docs?include_docs=true`, {
      body: { keys: [ids[3], 'nowhere', 'zz-deleted', ids[2]] }
    });
    expect(body.rows.map((row) => row.key)).toEqual([ids[3], 'nowhere', 'zz-deleted', ids[2]]);
    expect(body.rows[1]).toEqual({ key: 'nowhere', error: 'not_found' });
    expect(body.rows[2]).toMatchObject({ id: 'zz-deleted', value: { deleted: true }, doc: null });
  });
});
