import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { pino } from 'pino';
import { docId, uuidv7 } from '../../../src/lib/domain/ids.ts';
import { exchange } from '../../../server/couch/http.ts';
import { buildGateway } from '../../../server/gateway/index.ts';
import { temporaryKeys, type Keys } from '../../../server/gateway/keys.ts';
import { issueAccess } from '../../../server/gateway/sessions/tokens.ts';
import { openMediaStore } from '../../../server/media/index.ts';
import { openRegistry } from '../../../server/registry/index.ts';
import { hashPassword } from '../../../server/registry/password.ts';
import type { Person } from '../../../server/registry/types.ts';
import type { TestServer } from '../server.ts';
import { ROLES, type Call } from './expected.ts';

export const PASSWORD = 'kata sandi percobaan';

/** A gateway before a database, one principal for each column of the tables and the databases of their rows. */
export interface World {
  keys: Keys;
  /** The principal of a column. */
  who(role: string): Person;
  /** The name of the database of a row, as it is for this person. */
  database(row: string, person: Person): string;
  /** Sends a request; answers its status. */
  send(method: string, target: string, token?: string, body?: unknown): Promise<number>;
  signIn(person: Person): Promise<{ access: string; refresh: string }>;
  token(person: Person): Promise<string>;
  /** SHA-256 of a file that is there. */
  file: string;
  close(): Promise<void>;
}

const EDIT = uuidv7();

/** A document that stands in every database of the world. */
export const SEEDED = docId('post', uuidv7());

/** Path and body of a call; what it writes, it writes anew each time. */
export function requestOf(database: string, { shape, verb }: Call): { target: string; body?: unknown } {
  const root = `/db/${database}`;
  const fresh = docId('post', uuidv7());
  const post = { _id: fresh, type: 'post', edit: EDIT };
  if (shape === 'info') return { target: root };
  if (shape === 'doc')
    return verb === 'PUT' ? { target: `${root}/${fresh}`, body: post } : { target: `${root}/${SEEDED}` };
  if (shape === '_local') {
    return verb === 'PUT' ? { target: `${root}/_local/${randomUUID()}`, body: {} } : { target: `${root}/_local/seen` };
  }
  const bodies: Record<string, unknown> = {
    _all_docs: { keys: [SEEDED] },
    _bulk_get: { docs: [{ id: SEEDED }] },
    _bulk_docs: { docs: [post] }
  };
  return { target: `${root}/${shape}`, body: verb === 'POST' ? (bodies[shape] ?? {}) : undefined };
}

/** One session asks for the whole matrix. */
const PLENTY = { burst: 1_000_000, perSecond: 1_000 };

const CHEAP = { log2N: 4, r: 8, p: 1 };

export async function openWorld(server: TestServer): Promise<World> {
  const { couch, data } = server;
  const mark = randomUUID().slice(0, 8);
  const names = {
    own: (person: Person) => `person-${person.id}`,
    other: `person-${randomUUID()}`,
    member: `channel-anggota-${mark}`,
    foreign: `channel-lain-${mark}`,
    agency: `dinas-${mark}`,
    elsewhere: `badan-${mark}`
  };
  const person = (role: string): Person => ({
    id: randomUUID(),
    account: `${role}-${mark}`,
    name: role,
    position: '',
    unit: '',
    agency: names.agency,
    roles: role === 'none' ? [] : role.split('+'),
    channels: [{ id: names.member.slice('channel-'.length), title: '', kind: 'unit' }],
    record: {}
  });
  const people = new Map(ROLES.map((role) => [role, person(role)]));
  const registry = openRegistry(couch);
  const passwordHash = await hashPassword(PASSWORD, CHEAP);
  await registry.addPersons([...people.values()].map((one) => ({ person: one, passwordHash })));

  const rows: Record<string, (one: Person) => string> = {
    'person/own': names.own,
    'person/other': () => names.other,
    'channel/member': () => names.member,
    'channel/foreign': () => names.foreign,
    catalogue: () => 'catalogue',
    'directory/own-agency': () => `directory-${names.agency}`,
    'directory/foreign': () => `directory-${names.elsewhere}`,
    'office/own-agency': () => `office-${names.agency}`,
    'office/foreign': () => `office-${names.elsewhere}`,
    registry: () => 'registry',
    _users: () => '_users',
    nonsense: () => `person-${names.agency}`
  };
  const database = (row: string, one: Person): string => {
    const name = rows[row];
    if (!name) throw new Error(`There is no database ${row}.`);
    return name(one);
  };

  /** Databases of the table, so that what is refused is not refused because nothing is there. */
  const present = new Set(Object.keys(rows).flatMap((row) => [...people.values()].map((one) => database(row, one))));
  for (const name of ['registry', '_users', `person-${names.agency}`]) present.delete(name);
  await Promise.all(
    [...present].map(async (name) => {
      if (name !== 'catalogue') server.remember(name);
      await couch.provision(name);
      await server.call('PUT', `/${name}/${SEEDED}`, { body: { type: 'post', edit: EDIT } });
      await server.call('PUT', `/${name}/_local/seen`, { body: {} });
    })
  );

  const media = await openMediaStore(path.join(data, 'media'));
  const file = await media.put(new TextEncoder().encode('isi'));
  const keys = await temporaryKeys();
  const log = pino({ level: 'silent' });
  const gateway = await buildGateway({
    limits: { session: PLENTY, address: PLENTY },
    couch,
    registry,
    media,
    config: { build: path.join(data, 'build'), data },
    keys,
    log
  });
  const origin = await gateway.listen({ host: '127.0.0.1', port: 0 });

  const ask = (method: string, target: string, token?: string, body?: unknown) =>
    exchange(origin + target, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' })
      },
      body: body === undefined ? undefined : JSON.stringify(body)
    });

  return {
    keys,
    file,
    database,
    who(role) {
      const found = people.get(role);
      if (!found) throw new Error(`Nobody is ${role}.`);
      return found;
    },
    async send(method, target, token, body) {
      const answer = await ask(method, target, token, body);
      if (method === 'HEAD') answer.stream.resume();
      else await answer.text();
      return answer.status;
    },
    async signIn({ account }) {
      const answer = await ask('POST', '/api/session', undefined, { account, password: PASSWORD });
      return (await answer.json()) as { access: string; refresh: string };
    },
    token: async ({ id }) => (await issueAccess(keys, { person: id, session: randomUUID() })).access,
    async close() {
      await gateway.close();
      // What other tests of the same server share is left as it was.
      const left = await server.call<{ rows: { id: string; value: { rev: string } }[] }>(
        'POST',
        '/registry/_all_docs',
        {
          body: { keys: [...people.values()].map(({ id }) => `person:${id}`) }
        }
      );
      const docs = left.body.rows.map(({ id, value }) => ({ _id: id, _rev: value.rev, _deleted: true }));
      await server.call('POST', '/registry/_bulk_docs', { body: { docs } });
      const { body } = await server.call('GET', `/catalogue/${SEEDED}`);
      await server.call('DELETE', `/catalogue/${SEEDED}?rev=${String(body._rev)}`);
    }
  };
}
