import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { channelDatabase } from '../../src/lib/domain/databases.ts';
import { openCouch } from '../../server/couch/index.ts';
import { buildGateway } from '../../server/gateway/index.ts';
import { temporaryKeys } from '../../server/gateway/keys.ts';
import { issueAccess } from '../../server/gateway/sessions/tokens.ts';
import { openMediaStore } from '../../server/media/index.ts';
import { openDatabase } from '../../server/registry/database.ts';
import { openRegistry } from '../../server/registry/index.ts';
import type { Person } from '../../server/registry/types.ts';
import { benchPosts } from '../documents.ts';

/** A real gateway on an embedded database with many persons, each with a database of her own. */
export interface Rig {
  readonly port: number;
  persons: Person[];
  /** A fresh access token for each person. */
  tokens(): Promise<string[]>;
  /** Delivers new posts to a channel. */
  post(channel: string, count: number): Promise<void>;
  /** Ends the gateway and builds it anew: nothing that it remembered is left. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

const PROVISIONED_TOGETHER = 20;

const personOf = (index: number, channels: string[]): Person => ({
  id: crypto.randomUUID(),
  account: `bench-${index}`,
  name: `Pegawai ${index}`,
  position: 'Guru Ahli Pertama',
  unit: `SD Inpres ${index % 50}`,
  agency: 'bench',
  roles: ['staff'],
  channels: channels.map((id) => ({ id, title: id, kind: 'national' as const })),
  record: {}
});

export async function openRig(count: number, channels: string[]): Promise<Rig> {
  const data = await mkdtemp(path.join(os.tmpdir(), 'smartasn-bench-gateway-'));
  const couch = await openCouch({ data, couchUrl: undefined });
  const registry = openRegistry(couch);
  const persons = Array.from({ length: count }, (_, index) => personOf(index, channels));
  await registry.addPersons(persons.map((person) => ({ person, passwordHash: '' })));
  for (let at = 0; at < count; at += PROVISIONED_TOGETHER) {
    await Promise.all(
      persons.slice(at, at + PROVISIONED_TOGETHER).map((person) => registry.openPersonDatabase(person))
    );
  }
  const deliver = async (channel: string, posts: Record<string, unknown>[]): Promise<void> => {
    await openDatabase(couch, 'courier', channelDatabase(channel)).bulk(posts as never);
  };
  for (const channel of channels) {
    await couch.provision(channelDatabase(channel));
    await deliver(channel, benchPosts(60, channel));
  }
  const media = await openMediaStore(path.join(data, 'media'));
  const keys = await temporaryKeys();
  const log = pino({ level: 'silent' });
  let port = 0;
  const listen = async (): Promise<FastifyInstance> => {
    const app = await buildGateway({
      couch,
      registry,
      media,
      config: { build: path.join(data, 'build'), data },
      keys,
      log
    });
    port = Number(new URL(await app.listen({ host: '127.0.0.1', port: 0, backlog: 2 * count })).port);
    return app;
  };
  let app = await listen();
  let seed = 2;
  return {
    get port() {
      return port;
    },
    persons,
    tokens: () =>
      Promise.all(
        persons.map(async ({ id }) => (await issueAccess(keys, { person: id, session: crypto.randomUUID() })).access)
      ),
    post: (channel, posts) => deliver(channel, benchPosts(posts, channel, (seed += 1))),
    async restart() {
      await app.close();
      app = await listen();
    },
    async close() {
      await app.close();
      await couch.close();
      await rm(data, { recursive: true, force: true, maxRetries: 10 });
    }
  };
}
