import type { Iterator } from 'leveldown';
import type { LevelStore } from './level.ts';

type Next = Parameters<Iterator['next']>[0];

/** Goes through keys that may be there, in their order; all are read at one moment. */
export class Points implements Iterator {
  readonly #store: LevelStore;
  readonly #prefix: string;
  readonly #keys: string[];
  #values: (string | undefined)[] | undefined;
  #at = 0;

  constructor(store: LevelStore, prefix: string, keys: string[]) {
    this.#store = store;
    this.#prefix = prefix;
    this.#keys = keys;
  }

  next(done: Next): void {
    const values = this.#values;
    if (values) return this.#give(values, done);
    this.#store.getMany(
      this.#keys.map((key) => this.#prefix + key),
      (error, read) => {
        if (error) return done(error);
        this.#values = read;
        this.#give(read, done);
      }
    );
  }

  #give(values: (string | undefined)[], done: Next): void {
    while (this.#at < values.length && values[this.#at] === undefined) this.#at += 1;
    const at = this.#at++;
    process.nextTick(done, null, this.#keys[at], values[at]);
  }

  end(done: (error: Error | null) => void): void {
    process.nextTick(done, null);
  }
}
