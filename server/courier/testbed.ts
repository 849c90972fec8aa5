import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { channelDatabase, personDatabase } from '../../src/lib/domain/databases.ts';
import type { Receipt } from '../../src/lib/domain/documents/receipt.ts';
import { receiptId } from '../../src/lib/domain/ids.ts';
import { Unreachable } from '../couch/http.ts';
import { openCouch } from '../couch/index.ts';
import type { Couch } from '../couch/types.ts';
import { openDatabase, type Stored, type Unsaved } from '../registry/database.ts';
import { openRegistry } from '../registry/index.ts';
import type { Person } from '../registry/types.ts';
import { makePerson } from './fixtures.ts';
import { startCourier, type CourierOptions } from './index.ts';

/** An embedded database of its own with persons who write into it as their devices would. */
export async function openTestbed() {
  const data = await mkdtemp(path.join(tmpdir(), 'smartasn-courier-'));
  const couch = await openCouch({ couchUrl: undefined, data });
  const registry = openRegistry(couch);
  const logged: string[] = [];
  const own = (person: Person, role: 'gateway' | 'courier' = 'gateway') =>
    openDatabase(couch, role, personDatabase(person.id));

  return {
    couch,
    registry,
    logged,

    /** A person with a database of her own, member of these channels. */
    async join(name: string, ...channels: string[]): Promise<Person> {
      const person = makePerson(name, channels);
      await registry.addPersons([{ person, passwordHash: '' }]);
      await registry.openPersonDatabase(person);
      return person;
    },

    /** Writes own documents the way the gateway stores what a device pushes. */
    async write(person: Person, ...docs: Unsaved[]): Promise<void> {
      const present = await own(person).byIds(docs.map(({ _id }) => _id));
      const rows = await own(person).bulk(docs.map((doc) => ({ ...doc, _rev: present.get(doc._id)?._rev })));
      const failed = rows.find((row) => row.error);
      if (failed) throw new Error(`${failed.id}: ${failed.reason}`);
    },

    /** Starts a courier, on this database or on a faulty view of it. */
    start: (on: Couch = couch, more: Partial<CourierOptions> = {}) =>
      startCourier({
        ...more,
        couch: on,
        registry: on === couch ? registry : openRegistry(on),
        log: (line) => logged.push(line)
      }),

    receipt: (person: Person, of: string): Promise<(Stored & Receipt) | undefined> => own(person).get(receiptId(of)),

    copy: (channel: string, id: string): Promise<Stored | undefined> =>
      openDatabase(couch, 'courier', channelDatabase(channel)).get(id),

    async close(): Promise<void> {
      await couch.close();
      await rm(data, { recursive: true, force: true });
    }
  };
}

export type Testbed = Awaited<ReturnType<typeof openTestbed>>;

/** What a faulty database does with a request: serves it, never gets it, or serves it and loses the answer. */
export type Fault = 'none' | 'unreachable' | 'answer-lost';

/** The same database over a link that fails as `judge` says for each request. */
export const faulty = (couch: Couch, judge: (method: string, path: string) => Fault): Couch => ({
  ...couch,
  async fetch(role, target, init) {
    const fault = judge(init?.method ?? 'GET', target);
    if (fault === 'unreachable') throw new Unreachable();
    const response = await couch.fetch(role, target, init);
    if (fault === 'none') return response;
    await response.text();
    throw new Unreachable();
  }
});
