import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { describeContract, type As } from './server.ts';

const KINDS = ['person', 'channel', 'directory', 'office'] as const;

describeContract('access', (server) => {
  /** Reading calls that only members may make. */
  const reads = (db: string): [string, string, unknown?][] => [
    ['GET', `/${db}`],
    ['GET', `/${db}/doc`],
    ['GET', `/${db}/_all_docs`],
    ['POST', `/${db}/_all_docs`, { keys: ['doc'] }],
    ['GET', `/${db}/_changes`],
    ['POST', `/${db}/_changes?filter=_doc_ids`, { doc_ids: [] }],
    ['GET', `/${db}/_security`],
    ['GET', `/${db}/_local/x`],
    ['POST', `/${db}/_bulk_get`, { docs: [{ id: 'doc' }] }],
    ['POST', `/${db}/_revs_diff`, {}]
  ];
  const writes = (db: string): [string, string, unknown?][] => [
    ['PUT', `/${db}/doc`, {}],
    ['POST', `/${db}`, {}],
    ['POST', `/${db}/_bulk_docs`, { docs: [{}] }],
    ['PUT', `/${db}/_local/x`, {}],
    ['DELETE', `/${db}/doc?rev=1-a`]
  ];

  it('to a new database is the administrator’s alone', async () => {
    const db = await server().plain();
    for (const as of ['courier', 'gateway', 'stranger', 'anonymous'] as const) {
      for (const [method, target, body] of [...reads(db), ...writes(db)]) {
        const { status } = await server().call(method, target, { as, body });
        expect([as, method, target, status]).toEqual([as, method, target, as === 'anonymous' ? 401 : 403]);
      }
    }
  });

  it.each(KINDS)('to a provisioned %s database is the services’', async (kind) => {
    const db = await server().provisioned(kind);
    for (const [method, target, body] of reads(db)) {
      for (const as of ['courier', 'gateway'] as const) {
        const { status } = await server().call(method, target, { as, body });
        expect([as, target, status < 300 || status === 404]).toEqual([as, target, true]);
      }
    }
    for (const [method, target, body] of [...reads(db), ...writes(db)]) {
      expect((await server().call(method, target, { as: 'stranger', body })).status).toBe(403);
      expect((await server().call(method, target, { as: 'anonymous', body })).status).toBe(401);
    }
  });

  it('with a wrong password or an unknown name is refused everywhere', async () => {
    const db = await server().provisioned('channel');
    const { name } = await server().user();
    const wrong: As[] = [
      { name, password: 'wrong' },
      { name, password: '' },
      { name: `nobody-${randomUUID()}`, password: 'x' },
      // CouchDB locks a user out after a few wrong passwords: only the embedded users, which are this test's own, may
      // be tried.
      ...(server().couch.embedded ? ['courier', server().admin.name] : []).map((own) => ({ name: own, password: 'x' }))
    ];
    for (const as of wrong) {
      for (const target of [`/${db}`, `/${db}/_changes`, '/_all_dbs', '/_session']) {
        const { status } = await server().call('GET', target, { as });
        // 403 is that lock.
        expect([target, status === 401 || status === 403]).toEqual([target, true]);
      }
    }
  });

  it('to administration is the administrator’s alone', async () => {
    const db = await server().provisioned('channel');
    const { body: before } = await server().call('GET', `/${db}/_security`);
    const calls: [string, string, unknown?][] = [
      ['PUT', `/test-${randomUUID()}`],
      ['DELETE', `/${db}`],
      ['GET', '/_all_dbs'],
      ['PUT', `/${db}/_security`, {}],
      ['PUT', `/${db}/_revs_limit`, 10],
      ['POST', `/${db}/_compact`, {}]
    ];
    for (const as of ['courier', 'gateway', 'stranger', 'anonymous'] as const) {
      for (const [method, target, body] of calls) {
        const { status } = await server().call(method, target, { as, body });
        // Some versions refuse changes of settings with 500.
        expect([as, target, status >= 400]).toEqual([as, target, true]);
      }
    }
    expect((await server().call('GET', `/${db}`)).status).toBe(200);
    expect((await server().call('GET', `/${db}/_security`)).body).toEqual(before);
    expect((await server().call('GET', `/${db}/_revs_limit`)).body).not.toBe(10);
  });

  it('to users and their passwords is the administrator’s alone', async () => {
    const target = `/_users/${encodeURIComponent('org.couchdb.user:courier')}`;
    for (const as of ['gateway', 'stranger', 'anonymous'] as const) {
      expect((await server().call('GET', target, { as })).status).toBeGreaterThanOrEqual(400);
      expect((await server().call('PUT', target, { as, body: { roles: ['_admin'] } })).status).toBeGreaterThanOrEqual(
        400
      );
      const bulk = await server().call('POST', '/_users/_bulk_get', {
        as,
        body: { docs: [{ id: 'org.couchdb.user:courier' }] }
      });
      expect(JSON.stringify(bulk.body)).not.toContain('derived_key');
    }
    const { body } = await server().call('GET', target);
    expect(body.password).toBeUndefined();
    expect(body.derived_key).toMatch(/^[0-9a-f]+$/);
  });

  it('follows _security', async () => {
    const db = await server().plain();
    const { name } = server().credentials('stranger');
    const { body: before } = await server().call('GET', `/${db}/_security`);
    expect(before).toMatchObject({ members: { roles: ['_admin'] }, admins: { roles: ['_admin'] } });
    const security = { admins: { names: [], roles: [] }, members: { names: [name], roles: [] } };
    expect((await server().call('PUT', `/${db}/_security`, { body: security })).body).toEqual({ ok: true });
    expect((await server().call('GET', `/${db}/_security`)).body).toEqual(security);
    expect((await server().call('GET', `/${db}`, { as: 'stranger' })).status).toBe(200);
    expect((await server().call('GET', `/${db}`, { as: 'gateway' })).status).toBe(403);
    const design = { validate_doc_update: 'function () {}' };
    const refused = await server().call('PUT', `/${db}/_design/own`, { as: 'stranger', body: design });
    expect([401, 403]).toContain(refused.status);
    expect((await server().call('PUT', `/${db}/_security`, { as: 'stranger', body: {} })).status).toBeGreaterThan(400);
  });

  it('is held by a session cookie until it ends', async () => {
    const { name, password } = server().credentials('courier');
    const signIn = await server().fetch('POST', '/_session', { as: 'anonymous', body: { name, password } });
    expect([signIn.status, await signIn.json()]).toEqual([200, { ok: true, name, roles: ['courier'] }]);
    const line = signIn.headers.getSetCookie().find((one) => one.startsWith('AuthSession=')) ?? '';
    expect(line).toMatch(/HttpOnly/i);
    const cookie = line.slice(0, line.indexOf(';'));
    const session = async (value: string) =>
      server().call('GET', '/_session', { as: 'anonymous', headers: { cookie: value } });
    expect((await session(cookie)).body).toMatchObject({ userCtx: { name, roles: ['courier'] } });
    expect((await server().call('GET', '/_session', { as: 'anonymous' })).body).toMatchObject({
      userCtx: { name: null, roles: [] }
    });
    const db = await server().provisioned('channel');
    const forged = Buffer.from(Buffer.from(cookie.slice(12), 'base64url').toString().replace(name, 'admin'));
    const headers = { cookie: `AuthSession=${forged.toString('base64url')}` };
    const { status } = await server().call('GET', `/${db}`, { as: 'anonymous', headers });
    expect(status).toBeGreaterThanOrEqual(400);
    expect((await server().call('GET', `/${db}`, { as: 'anonymous', headers: { cookie } })).status).toBe(200);
    const end = await server().fetch('DELETE', '/_session', { as: 'anonymous', headers: { cookie } });
    await end.body?.cancel();
    expect(end.headers.getSetCookie()[0]).toMatch(/^AuthSession=;/);
  });

  it('begins with a form as well', async () => {
    const { name, password } = server().admin;
    const response = await fetch(`${server().url}/_session`, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams({ name, password })
    });
    expect([response.status, await response.json()]).toMatchObject([200, { ok: true }]);
  });
});
