import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { RULES_ID, rulesDesign } from '../../server/couch/write-rules-source.ts';
import { describeContract, type As } from './server.ts';

describeContract('write rules', (server) => {
  const post = (fields: Record<string, unknown> = {}) => ({
    _id: `post:${randomUUID()}`,
    type: 'post',
    edit: randomUUID(),
    ...fields
  });
  const put = async (db: string, as: As, doc: { _id: string; [field: string]: unknown }) =>
    (await server().call('PUT', `/${db}/${encodeURIComponent(doc._id)}`, { as, body: doc })).status;

  describe('of a person’s database', () => {
    let db = '';
    beforeAll(async () => {
      db = await server().provisioned('person');
    });

    it('let the gateway write own documents and delete them', async () => {
      const doc = post();
      const first = await server().call('PUT', `/${db}/${doc._id}`, { as: 'gateway', body: doc });
      expect(first.status).toBe(201);
      const gone = await server().call('DELETE', `/${db}/${doc._id}?rev=${String(first.body.rev)}`, { as: 'gateway' });
      expect(gone.status).toBe(200);
      expect(await put(db, 'gateway', { ...post(), _id: `new-kind:${randomUUID()}`, type: 'new-kind' })).toBe(201);
    });

    it('keep the gateway from what is the server’s, and from what has no form', async () => {
      const refused = [
        { _id: `receipt:post:${randomUUID()}`, type: 'receipt', edit: randomUUID() },
        { _id: `record:${randomUUID()}`, type: 'record', edit: randomUUID() },
        { _id: `membership:${randomUUID()}`, type: 'membership', edit: randomUUID() },
        post({ type: 'comment' }),
        post({ edit: 'x' }),
        post({ _id: 'post:x' }),
        post({ body: 'x'.repeat(500_000) })
      ];
      for (const doc of refused) expect([doc._id, await put(db, 'gateway', doc)]).toEqual([doc._id, 403]);
    });

    it('let the courier write receipts and nothing else', async () => {
      const receipt = { _id: `receipt:post:${randomUUID()}`, type: 'receipt' };
      const first = await server().call('PUT', `/${db}/${receipt._id}`, { as: 'courier', body: receipt });
      expect(first.status).toBe(201);
      expect(await put(db, 'courier', post())).toBe(403);
      const target = `/${db}/${receipt._id}?rev=${String(first.body.rev)}`;
      expect((await server().call('DELETE', target, { as: 'gateway' })).status).toBe(403);
    });

    it('hold for each document of a batch, also with given revisions', async () => {
      const good = post();
      const bad = { _id: `record:${randomUUID()}`, type: 'record' };
      const call = (body: unknown) =>
        server().call<Record<string, unknown>[]>('POST', `/${db}/_bulk_docs`, { as: 'gateway', body });
      const { status, body } = await call({ docs: [bad, good] });
      expect(status).toBe(201);
      expect(body).toEqual([
        expect.objectContaining({ id: bad._id, error: 'forbidden', reason: expect.any(String) }),
        expect.objectContaining({ ok: true, id: good._id })
      ]);
      const revisions = { _rev: '1-a', _revisions: { start: 1, ids: ['a'] } };
      const docs = [
        { ...bad, ...revisions },
        { ...post(), ...revisions }
      ];
      const pushed = await call({ docs, new_edits: false });
      expect(pushed.body).toEqual([expect.objectContaining({ id: bad._id, error: 'forbidden' })]);
      expect((await server().call('GET', `/${db}/${bad._id}`)).status).toBe(404);
      expect((await server().call('GET', `/${db}/${docs[1]?._id}`)).status).toBe(200);
    });
  });

  it.each(['channel', 'directory', 'office'] as const)('of a %s database let only the courier write', async (kind) => {
    const db = await server().provisioned(kind);
    expect(await put(db, 'courier', post())).toBe(201);
    expect(await put(db, 'gateway', post())).toBe(403);
    expect(await put(db, 'courier', { _id: 'anything' })).toBe(403);
    const docs = [post()];
    const { body } = await server().call('POST', `/${db}/_bulk_docs`, { as: 'gateway', body: { docs } });
    expect(body).toMatchObject([{ error: 'forbidden' }]);
  });

  it('of the registry let the gateway write sessions', async () => {
    const db = await server().plain();
    const security = { admins: { roles: ['_admin'] }, members: { roles: ['courier', 'gateway'] } };
    await server().call('PUT', `/${db}/_security`, { body: security });
    await server().call('PUT', `/${db}/${RULES_ID}`, { body: rulesDesign('registry') });
    expect(await put(db, 'gateway', { _id: `session:${randomUUID()}` })).toBe(201);
    expect(await put(db, 'gateway', { _id: 'account:x' })).toBe(403);
    expect(await put(db, 'courier', { _id: 'account:x' })).toBe(201);
  });

  it('of the registry let nobody change or remove what is written once', async () => {
    const db = await server().plain();
    await server().call('PUT', `/${db}/${RULES_ID}`, { body: rulesDesign('registry') });
    const entry = { _id: `audit:${randomUUID()}`, type: 'audit' };
    const first = await server().call('PUT', `/${db}/${entry._id}`, { body: entry });
    expect(first.status).toBe(201);
    const _rev = String(first.body.rev);
    expect(await put(db, 'admin', { ...entry, _rev, by: 'somebody else' })).toBe(403);
    expect(await put(db, 'admin', { ...entry, by: 'somebody else' })).toBe(409);
    expect((await server().call('DELETE', `/${db}/${entry._id}?rev=${_rev}`)).status).toBe(403);
    const docs = [
      { ...entry, _rev, _deleted: true },
      { ...entry, _id: `audit:${randomUUID()}` }
    ];
    const { body } = await server().call('POST', `/${db}/_bulk_docs`, { body: { docs } });
    expect(body).toMatchObject([{ error: 'forbidden' }, { ok: true }]);
    const ids = ['b'.repeat(32), _rev.slice(2)];
    const pushed = { ...entry, _rev: `2-${ids[0]}`, _revisions: { start: 2, ids }, by: 'somebody else' };
    await server().call('POST', `/${db}/_bulk_docs`, { body: { docs: [pushed], new_edits: false } });
    const { _id: id, _rev: rev, ...content } = (await server().call('GET', `/${db}/${entry._id}`)).body;
    expect([id, rev, content]).toEqual([entry._id, _rev, { type: 'audit' }]);
  });

  it('are written by administrators only', async () => {
    const db = await server().provisioned('channel');
    for (const as of ['courier', 'gateway'] as const) {
      const { body } = await server().call('GET', `/${db}/${RULES_ID}`, { as });
      const target = `/${db}/${RULES_ID}?rev=${String(body._rev)}`;
      expect([401, 403]).toContain((await server().call('DELETE', target, { as })).status);
      const own = { language: 'javascript', validate_doc_update: 'function () {}' };
      const written = await server().call('PUT', `/${db}/_design/own`, { as, body: own });
      expect([401, 403]).toContain(written.status);
    }
    expect(await put(db, 'gateway', post())).toBe(403);
  });

  it('come with provisioning, which can be repeated', async () => {
    const db = await server().provisioned('person');
    const { body: first } = await server().call('GET', `/${db}/${RULES_ID}`);
    await server().couch.provision(db);
    expect((await server().call('GET', `/${db}/${RULES_ID}`)).body._rev).toBe(first._rev);
    await server().call('PUT', `/${db}/_security`, { body: {} });
    await server().call('DELETE', `/${db}/${RULES_ID}?rev=${String(first._rev)}`);
    await server().couch.provision(db);
    expect(await put(db, 'courier', post())).toBe(403);
    expect((await server().call('GET', `/${db}`, { as: 'stranger' })).status).toBe(403);
  });
});
