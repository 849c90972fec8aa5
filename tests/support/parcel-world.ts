import { randomUUID } from 'node:crypto';
import memory from 'pouchdb-adapter-memory';
import PouchDB from 'pouchdb-core';
import { onTestFinished } from 'vitest';
import { channelDatabase, personDatabase } from '../../src/lib/domain/databases.ts';
import { receiptId } from '../../src/lib/domain/ids.ts';
import type { Bytes } from '../../src/lib/domain/parcel/layout.ts';
import { someStore } from '$lib/store/testing/fixtures';
import { keepKeys, newPair } from '$lib/sync/parcels/keys';
import { applyOutbox } from '$lib/sync/private-lane/apply-outbox';
import { openOwnDatabase } from '$lib/sync/private-lane/own-database';
import type { Pouch } from '$lib/sync/private-lane/pouch';
import { pushOwn } from '$lib/sync/private-lane/push';
import { openRemote } from '$lib/sync/private-lane/remote';
import { startCourier } from '../../server/courier/index.ts';
import { openSessions } from '../../server/gateway/sessions/store.ts';
import { startHub } from '../../server/gateway/sync/hub.ts';
import { openPages } from '../../server/gateway/sync/pages.ts';
import { openParcels } from '../../server/parcels/accept.ts';
import { openParcelKeys } from '../../server/parcels/keys.ts';
import { openReplies, type ReplyParts } from '../../server/parcels/reply.ts';
import { openDatabase, type Stored } from '../../server/registry/database.ts';
import { openRegistry } from '../../server/registry/index.ts';
import type { Person } from '../../server/registry/types.ts';
import { basic, type TestServer } from '../contract/server.ts';

PouchDB.plugin(memory);

/** A server that takes parcels in, and a courier, on the database of a contract test. */
export async function openParcelWorld(server: TestServer) {
  const { couch } = server;
  const registry = openRegistry(couch);
  const sessions = openSessions(couch);
  const keys = openParcelKeys(server.data);
  const arrived: { person: string; edits: number }[] = [];
  const parcels = openParcels({
    couch,
    registry,
    sessions,
    keys,
    endSession: (session) => sessions.end(session),
    onArrived: async ({ person, edits }) => void arrived.push({ person, edits })
  });
  const hub = startHub(couch, () => undefined);
  onTestFinished(() => hub.stop());
  const answering = { couch, registry, sessions, keys, records: parcels, hub, pages: openPages(couch, hub) };
  /** What comes back for a parcel, from a server that is as it is but for this. */
  const replyTo = (parcel: Bytes, but: Partial<ReplyParts> = {}): Promise<Bytes | undefined> =>
    openReplies({ ...answering, ...but })(parcel);
  const courier = await startCourier({ couch, registry, log: () => undefined });
  onTestFinished(() => courier.stop());

  async function addPerson(channel = `uji-${randomUUID()}`, roles: Person['roles'] = ['staff']): Promise<Person> {
    const person: Person = {
      id: randomUUID(),
      account: randomUUID(),
      name: 'Yohana Wenda',
      position: 'Guru Kelas',
      unit: 'SD Inpres Wamena',
      agency: 'dinas-pendidikan',
      roles,
      channels: [{ id: channel, title: 'Uji', kind: 'unit' }],
      record: {}
    };
    for (const name of [personDatabase(person.id), channelDatabase(channel)]) server.remember(name);
    await registry.addPersons([{ person, passwordHash: '' }]);
    await registry.openPersonDatabase(person);
    return person;
  }

  /** A device of the person: a store, keys, and a way to the server that needs no parcel. */
  async function addDevice(person: Person) {
    const { store, vault } = await someStore();
    const { session } = await sessions.begin(person.id);
    const pair = await newPair();
    await sessions.setDeviceKey(session, pair.verify);
    await keepKeys(store, { ...pair, session, server: await keys.newest(), at: 0 });
    const name = randomUUID();
    const make = () => Promise.resolve(new PouchDB(name, { adapter: 'memory' }) as unknown as Pouch);
    const own = await openOwnDatabase(vault, make);
    onTestFinished(() => own.close());
    const { signal } = new AbortController();
    const authorization = basic(server.credentials('gateway'));
    const api = {
      base: '',
      reachable: () => Promise.resolve(true),
      fetch: (path: string, init: RequestInit = {}) =>
        fetch(server.url + path.slice('/db'.length), {
          ...init,
          headers: { ...Object.fromEntries(new Headers(init.headers)), authorization }
        })
    };
    const remote = openRemote(api, person.id, signal);
    /** Outbox → own database → server, as the private lane does; the outbox stays, as if the answer had been lost. */
    async function push(): Promise<void> {
      const entries = await store.pending();
      await applyOutbox(own, entries, signal);
      await pushOwn(
        own,
        remote,
        entries.map(({ id }) => id)
      );
    }
    /** What the private lane brings of her memberships and records. */
    async function learn(): Promise<void> {
      const docs = await openDatabase(couch, 'courier', personDatabase(person.id)).byPrefix<Stored>('');
      await store.applyOwn({
        docs: docs.filter(({ type }) => type === 'record' || type === 'membership'),
        deleted: []
      });
    }
    return { store, session, push, learn };
  }

  const channelOf = (person: Person): string => person.channels[0]?.id ?? '';
  const ownOf = (person: Person) => openDatabase(couch, 'courier', personDatabase(person.id));
  return {
    parcels,
    replyTo,
    sessions,
    registry,
    courier,
    arrived,
    keys,
    addPerson,
    addDevice,
    channelOf,
    /** What colleagues see of a person. */
    copies: async (person: Person): Promise<Stored[]> =>
      (await openDatabase(couch, 'courier', channelDatabase(channelOf(person))).byPrefix<Stored>('')).filter(
        ({ _id }) => !_id.startsWith('_design')
      ),
    receipt: (person: Person, of: string) => ownOf(person).get(receiptId(of)),
    leaves: (person: Person, id: string) => ownOf(person).leaves(id, 'all')
  };
}

export type ParcelWorld = Awaited<ReturnType<typeof openParcelWorld>>;
