import type { Catalog } from './catalog.ts';
import { Database } from './database.ts';
import type { LevelStore } from './level.ts';
import { COUNTERS, partitionRange } from './partition.ts';
import { openPouch } from './pouch.ts';
import type { UpdateLog } from './update-log.ts';

/**
 * Databases held open; the longest unused ones are closed, except while a request or a feed uses them. Opening one
 * costs more than a write, holding one about 20 KB.
 */
const OPEN_MAX = 2_000;

interface Slot {
  database: Promise<Database>;
  users: number;
}

export class Databases {
  readonly #store: LevelStore;
  readonly #catalog: Catalog;
  readonly #log: UpdateLog;
  readonly #max: number;
  readonly #open = new Map<string, Slot>();
  /** PouchDB shares state between instances of one name: the next one must wait until the last is closed. */
  readonly #closing = new Map<string, Promise<void>>();

  constructor(store: LevelStore, catalog: Catalog, log: UpdateLog, max = OPEN_MAX) {
    this.#store = store;
    this.#catalog = catalog;
    this.#log = log;
    this.#max = max;
  }

  /** Runs `work` with the database open. The database stays open until the promise settles. */
  async use<T>(name: string, work: (database: Database) => Promise<T>): Promise<T> {
    const { database, release } = await this.acquire(name);
    try {
      return await work(database);
    } finally {
      release();
    }
  }

  /** The database and what to call when it is no longer needed. */
  async acquire(name: string): Promise<{ database: Database; release: () => void }> {
    const entry = this.#catalog.get(name);
    const slot = this.#open.get(entry.id) ?? { database: this.#start(name), users: 0 };
    slot.users += 1;
    this.#open.delete(entry.id);
    this.#open.set(entry.id, slot);
    try {
      const database = await slot.database;
      this.#closeUnused();
      return { database, release: () => void (slot.users -= 1) };
    } catch (fault) {
      this.#open.delete(entry.id);
      throw fault;
    }
  }

  /** Deletes the database: whoever follows it is told, whoever is reading it gets an error. */
  async destroy(name: string): Promise<void> {
    const { id } = this.#catalog.get(name);
    await this.#close(id);
    await this.#catalog.destroy(name);
  }

  async setRevsLimit(name: string, revsLimit: number): Promise<void> {
    await this.#catalog.change(name, { revsLimit });
    await this.#close(this.#catalog.get(name).id);
  }

  /** Counters and size on disk (bytes, roughly), without opening the database: a sweep asks for all of them. */
  async info(name: string): Promise<{ docCount: number; updateSeq: number; size: number }> {
    const { id } = this.#catalog.get(name);
    const { gte, lt } = partitionRange(id);
    const count = async (key: string): Promise<number> => Number((await this.#store.text(gte + key)) ?? 0);
    const [docCount, updateSeq, size] = await Promise.all([
      count(COUNTERS.docCount),
      count(COUNTERS.updateSeq),
      this.#store.size(gte, lt)
    ]);
    return { docCount, updateSeq, size };
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#open.keys()].map((id) => this.#close(id)));
  }

  async #start(name: string): Promise<Database> {
    const entry = this.#catalog.get(name);
    await this.#closing.get(entry.id);
    const pouch = await openPouch(this.#store, entry.id, entry.revsLimit, () => this.#log.prepare(name, 'updated'));
    return Database.open(name, entry.id, pouch);
  }

  #closeUnused(): void {
    if (this.#open.size <= this.#max) return;
    for (const [id, slot] of this.#open) {
      if (slot.users === 0) {
        void this.#close(id);
        return;
      }
    }
  }

  async #close(id: string): Promise<void> {
    const slot = this.#open.get(id);
    if (!slot) return;
    this.#open.delete(id);
    const closed = slot.database.then((database) => database.close()).finally(() => this.#closing.delete(id));
    this.#closing.set(id, closed);
    await closed;
  }
}
