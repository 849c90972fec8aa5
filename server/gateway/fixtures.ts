import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import type { SessionGrant } from '../../src/lib/domain/api.ts';
import { channelDatabase } from '../../src/lib/domain/databases.ts';
import { docId, uuidv7 } from '../../src/lib/domain/ids.ts';
import type { Config } from '../config.ts';
import { openCouch } from '../couch/index.ts';
import type { Couch } from '../couch/types.ts';
import { openMediaStore } from '../media/index.ts';
import type { MediaStore } from '../media/types.ts';
import { openDatabase } from '../registry/database.ts';
import { openRegistry } from '../registry/index.ts';
import { hashPassword } from '../registry/password.ts';
import type { Person } from '../registry/types.ts';
import { buildGateway, type GatewayParts } from './index.ts';
import { temporaryKeys, type Keys } from './keys.ts';
import { issueAccess } from './sessions/tokens.ts';

/** A gateway on an embedded database of its own, for tests. */
export interface TestGateway {
  app: FastifyInstance;
  /** Address of the listening gateway. */
  origin: string;
  couch: Couch;
  media: MediaStore;
  keys: Keys;
  /** Its data folder. */
  data: string;
  /** An authorization header for a person. */
  bearer(person: Person): Promise<{ authorization: string }>;
  close(): Promise<void>;
}

export const PASSWORD = 'rahasia-untuk-uji';

const CHEAP = { log2N: 4, r: 8, p: 1 };

/** A person of agency `asmat` in the channels `nasional` and `sekolah`, unless said otherwise. */
export const makePerson = (account: string, change: Partial<Person> = {}): Person => ({
  id: crypto.randomUUID(),
  account,
  name: `Nama ${account}`,
  position: 'Guru',
  unit: 'SD Negeri 1',
  agency: 'asmat',
  roles: ['staff'],
  channels: [
    { id: 'nasional', title: 'Nasional', kind: 'national' },
    { id: 'sekolah', title: 'Sekolah', kind: 'unit' }
  ],
  record: {},
  ...change
});

/** Opens everything in a temporary folder, with these persons and their databases. */
export async function openTestGateway(
  persons: Person[],
  settings: Partial<Pick<Config, 'secondFactor'>> = {},
  more: Pick<GatewayParts, 'limits'> = {}
): Promise<TestGateway> {
  const data = await mkdtemp(path.join(os.tmpdir(), 'smartasn-gateway-'));
  const couch = await openCouch({ data, couchUrl: undefined });
  const registry = openRegistry(couch);
  const passwordHash = await hashPassword(PASSWORD, CHEAP);
  await registry.addPersons(persons.map((person) => ({ person, passwordHash })));
  for (const person of persons) await registry.openPersonDatabase(person);
  const media = await openMediaStore(path.join(data, 'media'));
  const keys = await temporaryKeys();
  const log = pino({ level: 'silent' });
  const app = await buildGateway({
    couch,
    registry,
    media,
    config: { build: path.join(data, 'build'), data, ...settings },
    keys,
    log,
    ...more
  });
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    app,
    origin,
    couch,
    media,
    keys,
    data,
    async bearer(person) {
      const { access } = await issueAccess(keys, { person: person.id, session: crypto.randomUUID() });
      return { authorization: `Bearer ${access}` };
    },
    async close() {
      await app.close();
      await couch.close();
      await rm(data, { recursive: true, force: true, maxRetries: 10 });
    }
  };
}

/** Signs in with the password that all test persons have. */
export const signIn = async (gateway: TestGateway, account: string): Promise<SessionGrant> => {
  const payload = { account, password: PASSWORD };
  return (await gateway.app.inject({ method: 'POST', url: '/api/session', payload })).json<SessionGrant>();
};

const AUTHOR = { id: crypto.randomUUID(), name: 'Penulis', position: 'Guru', unit: 'SD Negeri 1' };

/** A delivered post of that time (ms since 1970). */
export const makePost = (channel: string, time: number, text = 'Halo') => ({
  _id: docId('post', uuidv7(time)),
  type: 'post',
  schema: 1,
  createdAt: new Date(time).toISOString(),
  zone: 'Asia/Jayapura',
  receivedAt: new Date(time).toISOString(),
  by: AUTHOR,
  channel,
  topic: 'cerita',
  text
});

/** Writes documents into a channel as the courier does; answers their revisions. */
export async function deliver(
  couch: Couch,
  channel: string,
  docs: { _id: string; _rev?: string }[]
): Promise<string[]> {
  await couch.provision(channelDatabase(channel));
  const rows = await openDatabase(couch, 'courier', channelDatabase(channel)).bulk(docs);
  const failed = rows.find((row) => row.error);
  if (failed) throw new Error(`${failed.id}: ${failed.reason}`);
  return rows.map((row) => row.rev ?? '');
}
