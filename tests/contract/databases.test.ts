import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { describeContract } from './server.ts';

describeContract('server and databases', (server) => {
  it('greets and is up without credentials', async () => {
    const root = await server().call('GET', '/', { as: 'anonymous' });
    expect(root.body).toMatchObject({ couchdb: 'Welcome', version: expect.stringMatching(/^\d+\.\d+/) });
    expect((await server().call('GET', '/_up', { as: 'anonymous' })).body.status).toBe('ok');
  });

  it('creates a database once', async () => {
    const name = await server().plain();
    const again = await server().call('PUT', `/${name}`);
    expect(again.status).toBe(412);
    expect(again.body.error).toBe('file_exists');
    expect((await server().fetch('HEAD', `/${name}`)).status).toBe(200);
  });

  it('describes a database', async () => {
    const name = await server().plain();
    await server().call('PUT', `/${name}/a`, { body: {} });
    const { body } = await server().call('GET', `/${name}`);
    expect(body).toMatchObject({ db_name: name, doc_count: 1, cluster: { q: 1 } });
    expect(body.update_seq).toMatch(/^1-/);
  });

  it('does not know what was deleted', async () => {
    const name = await server().plain();
    await server().call('PUT', `/${name}/a`, { body: {} });
    expect((await server().call('DELETE', `/${name}`)).body).toEqual({ ok: true });
    const missing = await server().call('GET', `/${name}`);
    expect(missing.status).toBe(404);
    expect(missing.body.error).toBe('not_found');
    expect((await server().call('DELETE', `/${name}`)).status).toBe(404);
    expect((await server().call('GET', `/${name}/a`)).status).toBe(404);
  });

  it('starts empty when created again', async () => {
    const name = await server().plain();
    await server().call('PUT', `/${name}/a`, { body: {} });
    await server().call('DELETE', `/${name}`);
    await server().call('PUT', `/${name}?q=1`);
    expect((await server().call('GET', `/${name}`)).body.doc_count).toBe(0);
    expect((await server().call('GET', `/${name}/a`)).status).toBe(404);
  });

  it('refuses names that are none', async () => {
    for (const name of ['Upper', '1digit', '_own', 'with%20space', 'with.dot']) {
      const { status, body } = await server().call('PUT', `/${name}`);
      expect([name, status, body.error]).toEqual([name, 400, 'illegal_database_name']);
    }
  });

  it('keeps a/b and ab and a+b apart', async () => {
    const id = `test-${randomUUID()}`;
    const names = [`${id}/b`, `${id}b`, `${id}+b`, `${id}$b`, `${id}(b)`].map((name) => server().remember(name));
    for (const name of names) {
      expect((await server().call('PUT', `/${encodeURIComponent(name)}?q=1`)).status).toBeLessThan(300);
      await server().call('PUT', `/${encodeURIComponent(name)}/doc`, { body: { name } });
    }
    for (const name of names) {
      const { body } = await server().call('GET', `/${encodeURIComponent(name)}/doc`);
      expect(body.name).toBe(name);
    }
    const { body: all } = await server().call<string[]>('GET', '/_all_dbs');
    expect(all).toEqual(expect.arrayContaining(names));
  });

  it('lists databases in order, by range', async () => {
    const name = await server().plain();
    const key = encodeURIComponent(JSON.stringify(name));
    const { body } = await server().call<string[]>('GET', `/_all_dbs?startkey=${key}&endkey=${key}`);
    expect(body).toEqual([name]);
    const { body: all } = await server().call<string[]>('GET', '/_all_dbs');
    expect(all).toEqual([...all].sort());
  });

  it('describes many databases at once', async () => {
    const name = await server().plain();
    await server().call('PUT', `/${name}/a`, { body: {} });
    const keys = [name, `test-${randomUUID()}`];
    const { body } = await server().call<Record<string, unknown>[]>('POST', '/_dbs_info', { body: { keys } });
    expect(body[0]).toMatchObject({ key: name, info: { doc_count: 1, db_name: name } });
    expect(body[1]).toMatchObject({ key: keys[1], error: 'not_found' });
    const { body: own } = await server().call('GET', `/${name}`);
    expect((body[0]?.info as Record<string, unknown>).update_seq).toBe(own.update_seq);
  });

  it('confirms commits and compaction', async () => {
    const name = await server().plain();
    expect((await server().call('POST', `/${name}/_ensure_full_commit`, { body: {} })).status).toBe(201);
    expect((await server().call('POST', `/${name}/_compact`, { body: {} })).status).toBe(202);
  });

  it('forgets old revisions beyond its limit', async () => {
    const name = await server().plain();
    expect((await server().call<number>('GET', `/${name}/_revs_limit`)).body).toBe(1000);
    await server().call('PUT', `/${name}/_revs_limit`, { body: 2 });
    expect((await server().call<number>('GET', `/${name}/_revs_limit`)).body).toBe(2);
    let rev: unknown;
    for (let n = 0; n < 5; n += 1) {
      rev = (await server().call('PUT', `/${name}/a`, { body: { n, _rev: rev } })).body.rev;
    }
    const { body } = await server().call('GET', `/${name}/a?revs=true`);
    expect(body._revisions).toMatchObject({ start: 5 });
    expect((body._revisions as { ids: string[] }).ids).toHaveLength(2);
  });
});
