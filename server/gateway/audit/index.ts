import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import type { AuditItem, AuditPage } from '../../../src/lib/domain/audit.ts';
import { uuid } from '../../../src/lib/domain/documents/fields.ts';
import { docId } from '../../../src/lib/domain/ids.ts';
import type { AuditEntry } from '../../audit/entry.ts';
import { readEntries, readEntriesAbout } from '../../audit/read.ts';
import type { Couch } from '../../couch/types.ts';
import type { Person, Registry } from '../../registry/types.ts';
import type { Authenticate } from '../identity.ts';
import type { FindPerson } from '../people.ts';
import { badRequest } from '../problem.ts';
import type { Sightings } from './sightings.ts';

export interface AuditRoutesParts {
  couch: Couch;
  registry: Pick<Registry, 'persons'>;
  sightings: Sightings;
  authenticate: Authenticate;
  findPerson: FindPerson;
}

/** Entries of one page. */
const PAGE = 50;

const question = v.object({ before: v.optional(uuid), person: v.optional(uuid) });

const ask = (query: unknown): v.InferOutput<typeof question> => {
  const asked = v.safeParse(question, query);
  if (!asked.success) throw badRequest('before and person are UUIDs.');
  return asked.output;
};

const entryId = (id: string | undefined): string | undefined => (id === undefined ? undefined : docId('audit', id));

/** `GET /api/audit/me` for what is about oneself, `GET /api/audit` for auditors; `?before=` for older entries. */
export async function auditRoutes(app: FastifyInstance, parts: AuditRoutesParts): Promise<void> {
  const { couch, registry, sightings, authenticate, findPerson } = parts;

  const page = async (
    entries: AuditEntry[],
    show: (entry: AuditEntry, by?: Person) => AuditItem
  ): Promise<AuditPage> => {
    const persons = await registry.persons(entries.flatMap(({ by }) => ('person' in by ? [by.person] : [])));
    const items = entries.map((entry) => show(entry, 'person' in entry.by ? persons.get(entry.by.person) : undefined));
    const last = entries.length === PAGE ? items.at(-1) : undefined;
    return { entries: items, ...(last && { next: last.id }) };
  };

  app.get('/api/audit/me', { config: { guard: { resource: 'own-audit' } } }, async (request) => {
    const { person } = await authenticate(request);
    const { before } = ask(request.query);
    return page(await readEntriesAbout(couch, person, PAGE, entryId(before)), (entry, by) => itemOf(entry, by, person));
  });

  app.get('/api/audit', { config: { guard: { resource: 'audit' } } }, async (request) => {
    const auditor = await findPerson((await authenticate(request)).person);
    const { before, person } = ask(request.query);
    await sightings.trail(auditor, person);
    const entries = person
      ? await readEntriesAbout(couch, person, PAGE, entryId(before))
      : await readEntries(couch, PAGE, entryId(before));
    return page(entries, (entry, by) => ({ ...itemOf(entry, by), about: entry.about ?? [], what: entry.what }));
  });
}

/** What a reader is told; operators are not named to the persons. */
function itemOf({ _id, at, action, why, by, count }: AuditEntry, person: Person | undefined, self?: string): AuditItem {
  const shared = { id: _id.slice(_id.indexOf(':') + 1), at, action, why, ...(count !== undefined && { count }) };
  if ('operator' in by) return { ...shared, by: { kind: 'service', ...(self ? {} : { name: by.operator }) } };
  if (by.person === self) return { ...shared, by: { kind: 'self' } };
  return { ...shared, by: { kind: 'person', ...(person && { name: person.name }) } };
}
