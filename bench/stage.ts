import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { CATALOGUE, channelDatabase } from '../src/lib/domain/databases.ts';
import { openCouch } from '../server/couch/index.ts';
import type { Couch } from '../server/couch/types.ts';
import { buildGateway } from '../server/gateway/index.ts';
import { temporaryKeys } from '../server/gateway/keys.ts';
import { issueAccess } from '../server/gateway/sessions/tokens.ts';
import { openMediaStore } from '../server/media/index.ts';
import { openDatabase } from '../server/registry/database.ts';
import { openRegistry } from '../server/registry/index.ts';
import { buildPage } from '../tests/support/build-page.ts';
import { benchCourses, benchPosts } from './documents.ts';
import type { Task } from './pages/peers.ts';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

export interface Stage {
  port: number;
  couch: Couch;
  /** The person whose token everybody gets. */
  person: string;
  /** Makes a channel with so many generated posts, and a catalogue if asked; answers what a contestant needs. */
  prepare(channel: string, posts: number, courses?: number): Promise<Task>;
  close(): Promise<void>;
}

/** A real gateway on an embedded database that serves the pages of the contestants under the app's own headers. */
export async function openStage(channels: string[]): Promise<Stage> {
  const data = await mkdtemp(path.join(os.tmpdir(), 'smartasn-bench-'));
  await buildPage(here('pages'), path.join(data, 'build'));
  const couch = await openCouch({ data, couchUrl: undefined });
  const registry = openRegistry(couch);
  const person = {
    id: crypto.randomUUID(),
    account: 'bench',
    name: 'Bench',
    position: '',
    unit: '',
    agency: 'bench',
    roles: ['staff'],
    channels: channels.map((id) => ({ id, title: id, kind: 'unit' as const })),
    record: {}
  };
  await registry.addPersons([{ person, passwordHash: '' }]);
  await registry.openPersonDatabase(person);
  const keys = await temporaryKeys();
  const media = await openMediaStore(path.join(data, 'media'));
  const log = pino({ level: 'silent' });
  const app = await buildGateway({
    couch,
    registry,
    media,
    config: { build: path.join(data, 'build'), data },
    keys,
    log
  });
  const address = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));

  const put = async (database: string, posts: Record<string, unknown>[]) => {
    for (let at = 0; at < posts.length; at += 500) {
      await openDatabase(couch, 'courier', database).bulk(posts.slice(at, at + 500) as never);
    }
  };
  return {
    port: Number(address.port),
    couch,
    person: person.id,
    async prepare(channel, posts, courses = 0) {
      const databases = [channelDatabase(channel), ...(courses ? [CATALOGUE] : [])];
      for (const database of databases) await couch.provision(database);
      await put(channelDatabase(channel), benchPosts(posts, channel));
      if (courses) await put(CATALOGUE, benchCourses(courses));
      const { access } = await issueAccess(keys, { person: person.id, session: crypto.randomUUID() });
      return { databases, token: access, documents: posts + courses };
    },
    async close() {
      await app.close();
      await couch.close();
      await rm(data, { recursive: true, force: true, maxRetries: 10 });
    }
  };
}
