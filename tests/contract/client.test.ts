import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { describeContract } from './server.ts';

describeContract('the server’s own client', (server) => {
  const post = () => ({ _id: `post:${randomUUID()}`, type: 'post', edit: randomUUID() });

  it('speaks nano as each role', async () => {
    const db = await server().provisioned('channel');
    const { couch } = server();
    const doc = post();
    const written = await couch.as('courier').use(db).insert(doc);
    expect(await couch.as('gateway').use(db).get(doc._id)).toEqual({ ...doc, _rev: written.rev });
    await expect(couch.as('gateway').use(db).insert(post())).rejects.toMatchObject({ statusCode: 403 });
    const list = await couch.as('gateway').use(db).list({ include_docs: true, startkey: 'post:', endkey: 'post;' });
    expect(list.rows.map((row) => row.id)).toEqual([doc._id]);
    const changes = await couch.as('gateway').db.changes(db, { include_docs: true });
    expect(changes.results.map((row) => row.id)).toContain(doc._id);
    expect(await couch.as('admin').db.list()).toContain(db);
    await couch.as('courier').use(db).destroy(doc._id, written.rev);
    await expect(couch.as('courier').use(db).get(doc._id)).rejects.toMatchObject({
      statusCode: 404,
      reason: 'deleted'
    });
    const rows = await couch
      .as('courier')
      .use(db)
      .bulk({ docs: [post(), post()] });
    expect(rows.map((row) => row.error)).toEqual([undefined, undefined]);
    const head = await couch.as('courier').use(db).head(String(rows[0]?.id));
    expect(head.etag).toBe(`"${rows[0]?.rev}"`);
  });

  it('signs in again when the password has changed its session', async () => {
    const db = await server().provisioned('channel');
    const { couch } = server();
    await couch.as('courier').use(db).insert(post());
    const target = `/_users/${encodeURIComponent('org.couchdb.user:courier')}`;
    const { body: user } = await server().call('GET', target);
    // The same password with a new salt ends every session.
    const { password } = server().credentials('courier');
    const fresh = { _id: user._id, _rev: user._rev, name: 'courier', type: 'user', roles: ['courier'], password };
    expect((await server().call('PUT', target, { body: fresh })).status).toBe(201);
    await expect
      .poll(() => couch.as('courier').use(db).insert(post()), { timeout: 10_000 })
      .toMatchObject({ ok: true });
    const answer = await couch.fetch('courier', `/${db}`);
    expect([answer.status, ((await answer.json()) as { db_name: string }).db_name]).toEqual([200, db]);
  });

  it('does not hide that something is not allowed', async () => {
    expect((await server().couch.fetch('gateway', '/_all_dbs')).status).toBe(401);
    await expect(server().couch.as('gateway').db.list()).rejects.toMatchObject({ statusCode: 401 });
  });

  it('sends a stream once', async () => {
    const db = await server().provisioned('channel');
    const doc = post();
    const body = Readable.from([JSON.stringify({ docs: [doc] })]);
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
    const answer = await server().couch.fetch('courier', `/${db}/_bulk_docs`, init);
    expect([answer.status, await answer.json()]).toMatchObject([201, [{ ok: true, id: doc._id }]]);
  });
});
