import { createHash } from 'node:crypto';
import { isCourseChannel } from '../../src/lib/domain/course-channel.ts';
import { REGISTRY } from '../../src/lib/domain/databases.ts';
import type { ChannelLink } from '../../src/lib/domain/documents/record.ts';
import type { Couch } from '../couch/types.ts';
import { hasMoved, noteBegun } from '../learning/takers/begun.ts';
import { batched } from './batched.ts';
import { CouchError, openDatabase, type Stored, type Unsaved } from './database.ts';
import { openPersonDatabase } from './person-database.ts';
import type { Person, Registry } from './types.ts';

type PersonDocument = Unsaved & { type: 'person'; person: Person };
type AccountDocument = Unsaved & { type: 'account'; person: string; passwordHash: string };

const CHUNK = 500;

/** Persons read with one request. */
const ASKED_TOGETHER = 100;

const personId = (id: string): string => `person:${id}`;

/** Account names are hashed in ids: ids turn up in logs, and an account name is often a NIP or an address. */
const accountId = (account: string): string =>
  `account:${createHash('sha256').update(account.trim().toLowerCase().normalize('NFKC')).digest('hex')}`;

const documentsOf = ({ person, passwordHash }: { person: Person; passwordHash: string }) => {
  const docs: (PersonDocument | AccountDocument)[] = [{ _id: personId(person.id), type: 'person', person }];
  if (passwordHash) docs.push({ _id: accountId(person.account), type: 'account', person: person.id, passwordHash });
  return docs;
};

const unitOf = (channels: ChannelLink[]): string | undefined => channels.find(({ kind }) => kind === 'unit')?.id;

/** A person's document with the channels of the courses that she was in before. */
const withCoursesOf = (doc: PersonDocument, { person: before }: PersonDocument): PersonDocument => {
  const { channels } = doc.person;
  const kept = before.channels.filter(({ id }) => isCourseChannel(id) && !channels.some((one) => one.id === id));
  return { ...doc, person: { ...doc.person, channels: [...channels, ...kept] } };
};

/** Persons and accounts, in the `registry` database. A person without a password hash exists but cannot sign in. */
export function openRegistry(couch: Couch): Registry {
  const database = openDatabase(couch, 'admin', REGISTRY);
  let provisioned: Promise<void> | undefined;
  const ready = (): Promise<void> =>
    (provisioned ??= couch.provision(REGISTRY).catch((error: unknown) => {
      provisioned = undefined;
      throw error;
    }));

  const person = batched(async (ids) => {
    const found = await database.byIds<PersonDocument>(ids.map(personId));
    return new Map([...found.values()].map((document) => [document.person.id, document.person]));
  }, ASKED_TOGETHER);

  return {
    person,

    async byAccount(account) {
      const found = await database.get<AccountDocument>(accountId(account));
      const holder = found && (await person(found.person));
      return holder && { person: holder, passwordHash: found.passwordHash };
    },

    async persons(ids) {
      const found = await database.byIds<PersonDocument>(ids.map(personId));
      return new Map([...found.values()].map((doc) => [doc.person.id, doc.person]));
    },

    async addPersons(persons) {
      await ready();
      const docs = persons.flatMap(documentsOf);
      for (let start = 0; start < docs.length; start += CHUNK) {
        const chunk = docs.slice(start, start + CHUNK);
        const present = await database.byIds<Stored & PersonDocument>(chunk.map((doc) => doc._id));
        const whole = chunk.map((doc) => {
          const old = present.get(doc._id);
          return { ...(doc.type === 'person' && old ? withCoursesOf(doc, old) : doc), _rev: old?._rev };
        });
        const rows = await database.bulk(whole);
        const failed = rows.find((row) => row.error);
        if (failed) throw new CouchError(409, `/${REGISTRY}/${failed.id}`, failed);
        const moved = chunk.flatMap((doc) => {
          const old = doc.type === 'person' ? present.get(doc._id) : undefined;
          if (doc.type !== 'person' || !old) return [];
          return unitOf(old.person.channels) === unitOf(doc.person.channels) ? [] : [hasMoved(doc.person.id)];
        });
        await noteBegun(couch, moved);
      }
    },

    async changeChannels(id, change) {
      for (;;) {
        const found = await database.get<PersonDocument>(personId(id));
        if (!found) return undefined;
        const channels = change(found.person.channels);
        if (channels === found.person.channels) return found.person;
        const changed: PersonDocument = { ...found, person: { ...found.person, channels } };
        if (await database.putUnlessMoved(changed)) return changed.person;
      }
    },

    async setPassword({ account }, passwordHash) {
      const found = await database.get<AccountDocument>(accountId(account));
      if (!found) return false;
      const changed: AccountDocument = { ...found, passwordHash };
      await database.put(changed);
      return true;
    },

    openPersonDatabase: (holder) => openPersonDatabase(couch, holder)
  };
}
