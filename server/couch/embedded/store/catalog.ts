import { randomBytes } from 'node:crypto';
import type { Operation } from 'leveldown';
import { CouchError, notFound } from '../errors.ts';
import type { LevelStore } from './level.ts';
import { partitionRange } from './partition.ts';
import type { UpdateLog } from './update-log.ts';

/** Names, settings and partitions of the databases. All of it is in memory; the store keeps it. */

export interface Security {
  members?: { names?: string[]; roles?: string[] };
  admins?: { names?: string[]; roles?: string[] };
}

export interface Entry {
  /** Partition of the store, and what binds sequence strings to this incarnation of the database. */
  id: string;
  security: Security;
  revsLimit: number;
}

const DATABASE = 'c!';
const TRASH = 't!';

/** What CouchDB 3 gives a new database: nobody but server administrators. */
const ADMIN_ONLY: Security = { members: { roles: ['_admin'] }, admins: { roles: ['_admin'] } };

const NAME = /^[a-z][a-z0-9_$()+/-]*$/;
const SYSTEM = new Set(['_users', '_replicator', '_global_changes']);

const range = (prefix: string) => ({ gte: prefix, lt: prefix.slice(0, -1) + '"' });

function assertName(name: string): void {
  if (name.length > 238) throw new CouchError(400, 'database_name_too_long', 'At most 238 characters are allowed.');
  if (NAME.test(name) || SYSTEM.has(name)) return;
  throw new CouchError(
    400,
    'illegal_database_name',
    `Name: '${name}'. Only lowercase characters (a-z), digits (0-9), and any of the characters _, $, (, ), +, -, and / are allowed. Must begin with a letter.`
  );
}

export class Catalog {
  readonly #store: LevelStore;
  readonly #log: UpdateLog;
  readonly #entries = new Map<string, Entry>();

  private constructor(store: LevelStore, log: UpdateLog) {
    this.#store = store;
    this.#log = log;
  }

  /** Reads the catalog and finishes deletions that a crash interrupted. */
  static async open(store: LevelStore, log: UpdateLog): Promise<Catalog> {
    const catalog = new Catalog(store, log);
    for (const [key, value] of await store.entries(range(DATABASE))) {
      catalog.#entries.set(key.slice(DATABASE.length), JSON.parse(value) as Entry);
    }
    for (const [key] of await store.entries(range(TRASH))) await catalog.#empty(key.slice(TRASH.length));
    return catalog;
  }

  names(): string[] {
    return [...this.#entries.keys()].sort();
  }

  find(name: string): Entry | undefined {
    return this.#entries.get(name);
  }

  get(name: string): Entry {
    const entry = this.#entries.get(name);
    if (entry) return entry;
    assertName(name);
    throw notFound('Database does not exist.');
  }

  async create(name: string): Promise<void> {
    assertName(name);
    if (this.#entries.has(name)) {
      throw new CouchError(412, 'file_exists', 'The database could not be created, the file already exists.');
    }
    const entry: Entry = { id: randomBytes(8).toString('hex'), security: ADMIN_ONLY, revsLimit: 1000 };
    this.#entries.set(name, entry);
    const event = this.#log.prepare(name, 'created');
    try {
      await this.#store.writeAsync([this.#row(name, entry), event.operation]);
    } catch (fault) {
      this.#entries.delete(name);
      throw fault;
    }
    event.commit();
  }

  /** Forgets the database at once and empties its partition afterwards. */
  async destroy(name: string): Promise<void> {
    const entry = this.get(name);
    this.#entries.delete(name);
    const event = this.#log.prepare(name, 'deleted');
    const trash: Operation = { type: 'put', key: TRASH + entry.id, value: '1' };
    await this.#store.writeAsync([{ type: 'del', key: DATABASE + name }, trash, event.operation]);
    event.commit();
    await this.#empty(entry.id);
  }

  async change(name: string, change: Partial<Pick<Entry, 'security' | 'revsLimit'>>): Promise<void> {
    const entry = { ...this.get(name), ...change };
    await this.#store.writeAsync([this.#row(name, entry)]);
    this.#entries.set(name, entry);
  }

  #row(name: string, entry: Entry): Operation {
    return { type: 'put', key: DATABASE + name, value: JSON.stringify(entry) };
  }

  async #empty(id: string): Promise<void> {
    await this.#store.clear(partitionRange(id));
    await this.#store.writeAsync([{ type: 'del', key: TRASH + id }]);
  }
}
