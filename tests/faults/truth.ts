import { channelDatabase, directoryDatabase, personDatabase } from '$lib/domain/databases';
import { isOwnType, parseInbox, parseOwn, parseShared, type OwnDocument } from '$lib/domain/documents/index';
import type { DirectoryProfile } from '$lib/domain/documents/profile';
import type { Receipt } from '$lib/domain/documents/receipt';
import { typeOf } from '$lib/domain/ids';
import type { SharedDocument } from '$lib/domain/documents/index';
import { request } from '../../server/registry/database.ts';
import { isLateMarker } from '../../server/late.ts';
import type { World } from './world.ts';

type Row = { id: string; deleted?: boolean; doc: { _id: string; _rev: string; _conflicts?: string[]; edit?: unknown } };

/** A person's database. */
export interface Own {
  /** Living own documents by id. */
  docs: Map<string, OwnDocument>;
  receipts: Map<string, Receipt>;
  /** Removed own documents with the edit that removed each, where it says. */
  graves: Map<string, string | undefined>;
}

/** What is on the server: the truth that every screen has to show. */
export interface Truth {
  own: Map<string, Own>;
  /** Delivered documents of all channels by id. */
  delivered: Map<string, SharedDocument>;
  directory: Map<string, DirectoryProfile>;
  /** What must not be there at all. */
  problems: string[];
}

const withoutRevision = (doc: object): object =>
  Object.fromEntries(Object.entries(doc).filter(([name]) => name === '_id' || !name.startsWith('_')));

/** Everything in a database, also what was removed; nothing when the database is not there. */
async function rowsOf({ server }: World, database: string): Promise<Row[]> {
  const path = `/${database}/_changes?include_docs=true&conflicts=true`;
  const answer = await request<{ results: Row[] }>(server.couch, 'admin', path).catch((error: unknown) => {
    if ((error as { status?: number }).status === 404) return { results: [] };
    throw error;
  });
  return answer.results.filter(({ id }) => !id.startsWith('_'));
}

async function ownOf(world: World, person: string, problems: string[]): Promise<Own> {
  const own: Own = { docs: new Map(), receipts: new Map(), graves: new Map() };
  for (const { id, deleted, doc } of await rowsOf(world, personDatabase(person))) {
    const isOwn = isOwnType(typeOf(id));
    if (doc._conflicts?.length) problems.push(`${id} has ${doc._conflicts.length} open conflicts`);
    if (deleted) {
      if (isOwn) own.graves.set(id, typeof doc.edit === 'string' ? doc.edit : undefined);
      continue;
    }
    const parsed = isOwn ? parseOwn(withoutRevision(doc)) : undefined;
    const inbox = isOwn ? undefined : parseInbox(withoutRevision(doc));
    if (parsed) own.docs.set(id, parsed);
    else if (inbox?.type === 'receipt') own.receipts.set(inbox.of, inbox);
    else if (!inbox) problems.push(`${id} cannot be read`);
  }
  return own;
}

export async function readTruth(world: World): Promise<Truth> {
  const truth: Truth = { own: new Map(), delivered: new Map(), directory: new Map(), problems: [] };
  for (const { id } of world.persons) truth.own.set(id, await ownOf(world, id, truth.problems));
  for (const channel of world.channels) {
    for (const { id, deleted, doc } of await rowsOf(world, channelDatabase(channel))) {
      if (doc._conflicts?.length) truth.problems.push(`${id} has conflicts in its channel`);
      if (deleted || isLateMarker(id)) continue;
      const parsed = parseShared(withoutRevision(doc));
      if (!parsed) truth.problems.push(`${id} cannot be read in its channel`);
      else if (truth.delivered.has(id)) truth.problems.push(`${id} stands in two channels`);
      else truth.delivered.set(id, parsed);
    }
  }
  for (const { id, deleted, doc } of await rowsOf(world, directoryDatabase(world.agency))) {
    const parsed = deleted ? undefined : parseShared(withoutRevision(doc));
    if (parsed?.type === 'profile') truth.directory.set(id, parsed);
  }
  return truth;
}
