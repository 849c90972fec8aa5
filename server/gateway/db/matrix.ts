import { parseDatabase, type DatabaseKind } from '../../../src/lib/domain/databases.ts';
import type { Person } from '../../registry/types.ts';
import type { Shape } from './shapes.ts';

/** Who may make a call: a relation between a person and a database. */
export type Who = 'owner' | 'member' | 'anyone' | 'agency' | 'officer';

export type Verb = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';

type Calls = Partial<Record<Shape, Partial<Record<Verb, Who>>>>;

const reading = (who: Who): Calls => ({
  info: { GET: who, HEAD: who },
  changes: { GET: who, POST: who },
  'bulk-get': { POST: who },
  'all-docs': { GET: who, POST: who },
  doc: { GET: who, HEAD: who }
});

/**
 * The authorization matrix of `/db`: kind of database × shape of path × verb → who (DESIGN §2). What is not in it is
 * refused. Writing is the owner's alone, and only by the calls that replication makes; the registry is nobody's.
 */
export const MATRIX: Record<DatabaseKind, Calls> = {
  person: {
    ...reading('owner'),
    doc: { GET: 'owner', HEAD: 'owner', PUT: 'owner' },
    'revs-diff': { POST: 'owner' },
    'bulk-docs': { POST: 'owner' },
    'ensure-full-commit': { POST: 'owner' },
    local: { GET: 'owner', PUT: 'owner' }
  },
  channel: reading('member'),
  catalogue: reading('anyone'),
  directory: reading('agency'),
  office: reading('officer'),
  registry: {}
};

/** Whether a person stands in that relation to the database of that key. */
const RELATIONS: Record<Who, (person: Person, key: string) => boolean> = {
  owner: (person, key) => person.id === key,
  member: (person, key) => person.channels.some((channel) => channel.id === key),
  anyone: () => true,
  agency: (person, key) => person.agency === key,
  officer: (person, key) => person.agency === key && person.roles.includes('officer')
};

/** Whether this person may make this call. */
export function allows(person: Person, database: string, shape: Shape, verb: string): boolean {
  const parsed = parseDatabase(database);
  if (!parsed) return false;
  const calls = MATRIX[parsed.kind][shape];
  if (!calls || !Object.hasOwn(calls, verb)) return false;
  const who = calls[verb as Verb];
  return who !== undefined && RELATIONS[who](person, parsed.key);
}

/** Whether this person may follow this shared database: the same answer as for reading its changes. */
export const mayFollow = (person: Person, database: string): boolean =>
  parseDatabase(database)?.kind !== 'person' && allows(person, database, 'changes', 'GET');
