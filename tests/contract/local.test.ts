import { expect, it } from 'vitest';
import { describeContract } from './server.ts';

describeContract('local documents', (server) => {
  it('are written, changed with their revision and deleted', async () => {
    const db = await server().plain();
    const path = `/${db}/_local/checkpoint`;
    expect((await server().call('GET', path)).status).toBe(404);
    const first = await server().call('PUT', path, { body: { n: 1 } });
    expect([first.status, first.body]).toEqual([201, { ok: true, id: '_local/checkpoint', rev: '0-1' }]);
    const second = await server().call('PUT', path, { body: { n: 2, _rev: '0-1' } });
    expect(second.body.rev).toBe('0-2');
    expect((await server().call('GET', path)).body).toEqual({ _id: '_local/checkpoint', _rev: '0-2', n: 2 });
    expect((await server().call('DELETE', `${path}?rev=0-2`)).body).toMatchObject({ ok: true });
    expect((await server().call('GET', path)).status).toBe(404);
  });

  it('are in no list and no feed', async () => {
    const db = await server().plain();
    await server().call('PUT', `/${db}/_local/x`, { body: {} });
    expect((await server().call('GET', `/${db}/_all_docs`)).body.rows).toEqual([]);
    expect((await server().call('GET', `/${db}/_changes`)).body.results).toEqual([]);
    expect((await server().call('GET', `/${db}`)).body.doc_count).toBe(0);
  });

  it('may be written by every member, whatever the write rules', async () => {
    const db = await server().provisioned('channel');
    const { status } = await server().call('PUT', `/${db}/_local/x`, { as: 'gateway', body: { n: 1 } });
    expect(status).toBe(201);
  });
});
