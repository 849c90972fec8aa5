import { createHmac, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { readAdmin, readAnnouncement, readServiceUsers, type Credentials } from '../../server/couch/data-folder.ts';
import { externalEndpoint } from '../../server/couch/endpoint.ts';
import { openCouch } from '../../server/couch/index.ts';
import type { Couch } from '../../server/couch/types.ts';

/**
 * The harness of the contract suite: the same tests against the embedded database and, when `TEST_COUCHDB_URL` is set,
 * against that CouchDB. Databases get random names of the kind that a test needs, so that the write rules of that kind
 * apply, and are removed afterwards.
 */

export type As = 'admin' | 'courier' | 'gateway' | 'stranger' | 'anonymous' | Credentials;

export interface Answer<T = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: T;
}

export interface CallOptions {
  as?: As;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export interface TestServer {
  url: string;
  admin: Credentials;
  couch: Couch;
  data: string;
  credentials(as: Exclude<As, 'anonymous'>): Credentials;
  fetch(method: string, target: string, options?: CallOptions): Promise<Response>;
  /** A JSON request; the target starts with a slash. */
  call<T = Record<string, unknown>>(method: string, target: string, options?: CallOptions): Promise<Answer<T>>;
  /** A new database that only administrators may enter, without write rules. */
  plain(): Promise<string>;
  /** A new user without roles, removed at the end of the suite. */
  user(): Promise<Credentials>;
  /** A new provisioned database. */
  provisioned(kind: 'person' | 'channel' | 'directory' | 'office'): Promise<string>;
  /** Removes this database at the end of the suite. */
  remember(name: string): string;
  close(): Promise<void>;
}

export const basic = ({ name, password }: Credentials): string =>
  `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;

async function locate(couchUrl: string | undefined, data: string): Promise<{ url: string; admin: Credentials }> {
  if (couchUrl) {
    const endpoint = externalEndpoint(couchUrl);
    return { url: endpoint.url(), admin: endpoint.admin };
  }
  const folder = path.join(data, 'couch');
  const announcement = await readAnnouncement(folder);
  return { url: `http://127.0.0.1:${announcement?.port}`, admin: await readAdmin(folder) };
}

/**
 * Test files run side by side and share the users of one external CouchDB. So that they do not change each other's
 * passwords, all derive the same ones from the administrator's.
 */
export async function shareServiceUsers(couchUrl: string, data: string): Promise<void> {
  const { admin } = externalEndpoint(couchUrl);
  const derive = (name: string) => createHmac('sha256', admin.password).update(`contract ${name}`).digest('base64url');
  const folder = path.join(data, 'couch');
  await mkdir(folder);
  const users = { courier: derive('courier'), gateway: derive('gateway') };
  await writeFile(path.join(folder, 'users.json'), JSON.stringify(users), { mode: 0o600 });
}

export async function startServer(couchUrl: string | undefined): Promise<TestServer> {
  const data = await mkdtemp(path.join(os.tmpdir(), 'smartasn-contract-'));
  if (couchUrl) await shareServiceUsers(couchUrl, data);
  const couch = await openCouch({ couchUrl, data });
  const { url, admin } = await locate(couchUrl, data);
  const services = await readServiceUsers(path.join(data, 'couch'));
  const databases: string[] = [];
  const users: Credentials[] = [];
  const userPath = ({ name }: Credentials) => `/_users/${encodeURIComponent(`org.couchdb.user:${name}`)}`;

  const server: TestServer = {
    url,
    admin,
    couch,
    data,
    credentials: (as) => {
      if (typeof as === 'object') return as;
      if (as === 'admin') return admin;
      if (as !== 'stranger') return { name: as, password: services[as] };
      const [stranger] = users;
      if (!stranger) throw new Error('There is no stranger yet.');
      return stranger;
    },
    fetch: (method, target, { as = 'admin', body, headers = {}, signal } = {}) =>
      fetch(url + target, {
        method,
        signal,
        headers: {
          accept: 'application/json',
          ...(as === 'anonymous' ? {} : { authorization: basic(server.credentials(as)) }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers
        },
        body: body === undefined ? undefined : JSON.stringify(body)
      }),
    call: async <T>(method: string, target: string, options?: CallOptions): Promise<Answer<T>> => {
      const response = await server.fetch(method, target, options);
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: (text ? JSON.parse(text) : {}) as T };
    },
    plain: async () => {
      const name = server.remember(`test-${randomUUID()}`);
      const { status } = await server.call('PUT', `/${name}?q=1`);
      if (status !== 201 && status !== 202) throw new Error(`The test database was not created: ${status}`);
      return name;
    },
    user: async () => {
      const user = { name: `stranger-${randomUUID()}`, password: randomUUID() };
      await server.call('PUT', userPath(user), { body: { ...user, roles: [], type: 'user' } });
      users.push(user);
      return user;
    },
    provisioned: async (kind) => {
      const name = server.remember(kind === 'person' ? `person-${randomUUID()}` : `${kind}-test-${randomUUID()}`);
      await couch.provision(name);
      return name;
    },
    remember: (name) => {
      databases.push(name);
      return name;
    },
    close: async () => {
      for (const path of users.map(userPath)) {
        const { body } = await server.call('GET', path);
        await server.call('DELETE', `${path}?rev=${String(body._rev)}`);
      }
      for (const name of databases) await server.call('DELETE', `/${encodeURIComponent(name)}`);
      await couch.close();
      await rm(data, { recursive: true, force: true, maxRetries: 10 });
    }
  };
  await server.user();
  return server;
}

const external = process.env.TEST_COUCHDB_URL;
/** The databases that the same tests run on, by name: the embedded one, and a CouchDB where there is one. */
export const targets: [string, string | undefined][] = [
  ['embedded', undefined],
  ...(external ? [['TEST_COUCHDB_URL', external] as [string, string]] : [])
];

/** Runs the same tests against each server there is. `server()` is ready inside tests and hooks. */
export function describeContract(name: string, tests: (server: () => TestServer) => void): void {
  describe.each(targets)(`${name} (%s)`, (_label, couchUrl) => {
    let server: TestServer | undefined;
    beforeAll(async () => {
      server = await startServer(couchUrl);
    });
    afterAll(() => server?.close());
    tests(() => {
      if (!server) throw new Error('The server is not started yet.');
      return server;
    });
  });
}
