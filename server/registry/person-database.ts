import { isDeepStrictEqual } from 'node:util';
import { personDatabase } from '../../src/lib/domain/databases.ts';
import { SCHEMAS } from '../../src/lib/domain/documents/versions.ts';
import type { Membership, PersonRecord } from '../../src/lib/domain/documents/record.ts';
import { docId } from '../../src/lib/domain/ids.ts';
import type { Couch } from '../couch/types.ts';
import { CouchError, openDatabase, type Stored } from './database.ts';
import type { Person } from './types.ts';

/** The two documents that say who a person is and where she belongs, as the server writes them. */
export function officialDocuments(person: Person, createdAt: string): [PersonRecord, Membership] {
  const base = { createdAt, zone: 'UTC' };
  return [
    { ...base, _id: docId('record', person.id), type: 'record', schema: SCHEMAS.record, fields: person.record },
    {
      ...base,
      _id: docId('membership', person.id),
      type: 'membership',
      schema: SCHEMAS.membership,
      person: person.id,
      agency: person.agency,
      roles: person.roles,
      channels: person.channels
    }
  ];
}

const content = (doc: Stored | PersonRecord | Membership) => {
  const { _rev: rev, createdAt, ...rest } = doc;
  return { rest, rev, createdAt };
};

/**
 * Provisions `person-<id>` and brings record and membership up to date. Writes only what differs: every write would
 * travel to all her devices.
 */
export async function openPersonDatabase(couch: Couch, person: Person): Promise<void> {
  const name = personDatabase(person.id);
  await couch.provision(name);
  const database = openDatabase(couch, 'courier', name);
  const wanted = officialDocuments(person, new Date().toISOString());
  const present = await database.byIds(wanted.map((doc) => doc._id));
  const stale = wanted.filter((doc) => {
    const old = present.get(doc._id);
    return !old || !isDeepStrictEqual(content(old).rest, content(doc).rest);
  });
  const rows = await database.bulk(stale.map((doc) => ({ ...doc, _rev: present.get(doc._id)?._rev })));
  const failed = rows.find((row) => row.error && row.error !== 'conflict');
  if (failed) throw new CouchError(403, `/${name}/${failed.id}`, failed);
}
