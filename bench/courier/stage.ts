import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { channelDatabase, personDatabase } from '../../src/lib/domain/databases.ts';
import { receiptId } from '../../src/lib/domain/ids.ts';
import { openCouch } from '../../server/couch/index.ts';
import { startCourier } from '../../server/courier/index.ts';
import { makePerson, makePost } from '../../server/courier/fixtures.ts';
import { openDatabase, request } from '../../server/registry/database.ts';
import { openRegistry } from '../../server/registry/index.ts';
import type { Person } from '../../server/registry/types.ts';

/** Persons of one unit, who share a channel besides the national one. */
const UNIT = 20;

/** Requests of one kind under way at the same time while persons are made and looked at. */
const PARALLEL = 16;

/** Databases asked about in one `_dbs_info` (CouchDB's default limit). */
const INFO_CHUNK = 100;

/** Time between two looks at whether everything is delivered, ms. */
const LOOK = 25;

/** Runs `work` for every item, several at a time. */
export async function each<T>(items: T[], work: (item: T, index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) await work(items[index] as T, index);
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
}

/** A post of hers, every other one for her unit. */
const postOf = (person: Person, index: number) =>
  makePost(`Kabar nomor ${index} dari ${person.name}`, person.channels[index % person.channels.length]?.id);

export type CourierStage = Awaited<ReturnType<typeof openCourierStage>>;

/** An embedded database in its own process, as in production, with persons who have a database each. */
export async function openCourierStage(size: number) {
  const data = await mkdtemp(path.join(os.tmpdir(), 'smartasn-courier-'));
  const couch = await openCouch({ data, couchUrl: undefined });
  const registry = openRegistry(couch);
  const persons = Array.from({ length: size }, (_, index) =>
    makePerson(`Pegawai ${index}`, ['nasional', `unit-${Math.floor(index / UNIT)}`])
  );
  await registry.addPersons(persons.map((person) => ({ person, passwordHash: '' })));
  await each(persons, (person) => registry.openPersonDatabase(person));
  const channels = [...new Set(persons.flatMap((person) => person.channels.map(({ id }) => channelDatabase(id))))];
  await each(channels, (channel) => couch.provision(channel));

  /** Documents in these databases. */
  const documents = async (names: string[]): Promise<number> => {
    let sum = 0;
    for (let at = 0; at < names.length; at += INFO_CHUNK) {
      const body = JSON.stringify({ keys: names.slice(at, at + INFO_CHUNK) });
      const path = '/_dbs_info';
      const rows = await request<{ info: { doc_count: number } }[]>(couch, 'admin', path, { method: 'POST', body });
      sum += rows.reduce((total, { info }) => total + info.doc_count, 0);
    }
    return sum;
  };
  const owns = persons.map(({ id }) => personDatabase(id));
  const own = ({ id }: Person) => openDatabase(couch, 'gateway', personDatabase(id));
  const faults: string[] = [];

  return {
    persons,
    faults,

    start: () => startCourier({ couch, registry, log: (line) => faults.push(line) }),

    /** Stores so many posts of hers in one request, as a device that comes back does. */
    async write(person: Person, count: number): Promise<string[]> {
      const posts = Array.from({ length: count }, (_, index) => postOf(person, index));
      await own(person).bulk(posts);
      return posts.map(({ _id }) => _id);
    },

    /** Where her database stands. */
    async place(person: Person): Promise<string> {
      const path = `/${personDatabase(person.id)}`;
      return (await request<{ update_seq: string }>(couch, 'gateway', path)).update_seq;
    },

    /** Resolves once her document, stored after `since`, has its receipt. */
    async answered(person: Person, id: string, since: string): Promise<void> {
      const query = new URLSearchParams({ feed: 'longpoll', filter: '_doc_ids', since, timeout: '60000' });
      const place = `/${personDatabase(person.id)}/_changes?${query}`;
      const body = JSON.stringify({ doc_ids: [receiptId(id)] });
      const { results } = await request<{ results: unknown[] }>(couch, 'gateway', place, { method: 'POST', body });
      if (results.length === 0) throw new Error(`No receipt for ${id}: ${faults.join('; ')}`);
    },

    /** What to call to wait for so many more copies and receipts than there are now; `posts` are not stored yet. */
    async expect(posts: number): Promise<() => Promise<void>> {
      const goals = [
        { names: channels, documents: (await documents(channels)) + posts },
        { names: owns, documents: (await documents(owns)) + 2 * posts }
      ];
      return async () => {
        for (const goal of goals) while ((await documents(goal.names)) < goal.documents) await pause(LOOK);
      };
    },

    async close(): Promise<void> {
      await couch.close();
      await rm(data, { recursive: true, force: true, maxRetries: 10 });
    }
  };
}
