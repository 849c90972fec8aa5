import leveldown, { type Iterator, type LevelDown, type Operation, type Range } from 'leveldown';

/**
 * The one LevelDB of a data folder. LevelDB acknowledges a write before it is on disk, so every group of writes is
 * written with `sync: true`; what arrives while a group is on its way makes the next group (one fsync for all of them).
 * Reads of one turn of the event loop go together as well: waking a thread for each costs more than the reading.
 * LevelDB's own file lock, which the kernel frees when a process dies, keeps a second process out.
 */

interface Waiting {
  operations: Operation[];
  done: (error: Error | null) => void;
}

interface Asked {
  keys: string[];
  done: (error: Error | null, values: (string | undefined)[]) => void;
}

/** Another process has the folder open. */
export class StoreLocked extends Error {}

/** What LevelDB says of a key that is not there; one for all, because a stack costs more than the reading. */
const NOT_FOUND = new Error('NotFound');

const OPTIONS = { createIfMissing: true, cacheSize: 32 << 20, writeBufferSize: 16 << 20, maxOpenFiles: 400 };

export class LevelStore {
  readonly #level: LevelDown;
  #waiting: Waiting[] = [];
  #writing = false;
  #asked: Asked[] = [];

  private constructor(level: LevelDown) {
    this.#level = level;
  }

  /** Opens (or creates) the store; throws `StoreLocked` when another process holds it. */
  static open(folder: string): Promise<LevelStore> {
    const level = leveldown(folder);
    return new Promise((resolve, reject) => {
      level.open(OPTIONS, (error) => {
        if (!error) return resolve(new LevelStore(level));
        reject(/lock/i.test(error.message) ? new StoreLocked(error.message) : error);
      });
    });
  }

  /** Writes all operations or none; calls back when they are on disk. */
  write(operations: Operation[], done: (error: Error | null) => void): void {
    this.#waiting.push({ operations, done });
    if (this.#writing) return;
    this.#writing = true;
    setImmediate(() => this.#flush());
  }

  writeAsync(operations: Operation[]): Promise<void> {
    return new Promise((resolve, reject) =>
      this.write(operations, (error) => (error === null || error === undefined ? resolve() : reject(error)))
    );
  }

  #flush(): void {
    const group = this.#waiting;
    this.#waiting = [];
    const operations = group.flatMap((entry) => entry.operations);
    this.#level.batch(operations, { sync: true }, (error) => {
      for (const entry of group) entry.done(error);
      if (this.#waiting.length > 0) setImmediate(() => this.#flush());
      else this.#writing = false;
    });
  }

  /** Text values of these keys, as they are at one moment; undefined where there is none. */
  getMany(keys: string[], done: (error: Error | null, values: (string | undefined)[]) => void): void {
    this.#asked.push({ keys, done });
    if (this.#asked.length === 1) setImmediate(() => this.#read());
  }

  #read(): void {
    const asked = this.#asked;
    this.#asked = [];
    const keys = asked.flatMap((one) => one.keys);
    this.#level.getMany(keys, { asBuffer: false }, (error, values = []) => {
      const texts = values as (string | undefined)[];
      let from = 0;
      for (const one of asked) one.done(error, texts.slice(from, (from += one.keys.length)));
    });
  }

  get(key: string, asBuffer: boolean, done: (error: Error | null, value?: string | Buffer) => void): void {
    if (asBuffer) return this.#level.get(key, { asBuffer }, done);
    this.getMany([key], (error, [value]) => {
      if (error || value === undefined) done(error ?? NOT_FOUND);
      else done(null, value);
    });
  }

  /** A text value, or undefined when the key is not there. */
  text(key: string): Promise<string | undefined> {
    return new Promise((resolve, reject) =>
      this.#level.get(key, { asBuffer: false }, (error, value) => {
        if (!error) resolve(String(value));
        else if (/notfound/i.test(error.message)) resolve(undefined);
        else reject(error);
      })
    );
  }

  iterator(range: Range, valueAsBuffer: boolean): Iterator {
    return this.#level.iterator({ ...range, keyAsBuffer: false, valueAsBuffer });
  }

  /** Every key and text value of a range, in order; for the small tables of the catalog. */
  async entries(range: Range): Promise<[string, string][]> {
    const iterator = this.iterator(range, false);
    const found: [string, string][] = [];
    try {
      for (;;) {
        const entry = await new Promise<[string, string] | undefined>((resolve, reject) =>
          iterator.next((error, key, value) => {
            if (error) reject(error);
            else resolve(key === undefined ? undefined : [key, String(value)]);
          })
        );
        if (!entry) return found;
        found.push(entry);
      }
    } finally {
      iterator.end(() => undefined);
    }
  }

  clear(range: Range): Promise<void> {
    return new Promise((resolve, reject) => this.#level.clear(range, (error) => (error ? reject(error) : resolve())));
  }

  /** Bytes that a range of keys takes on disk, roughly; what has just been written is not counted yet. */
  size(start: string, end: string): Promise<number> {
    return new Promise((resolve, reject) =>
      this.#level.approximateSize(start, end, (error, size) => (error ? reject(error) : resolve(size ?? 0)))
    );
  }

  /** Writes what is waiting, then closes. */
  async close(): Promise<void> {
    await this.writeAsync([]);
    await new Promise<void>((resolve, reject) => this.#level.close((error) => (error ? reject(error) : resolve())));
  }
}
