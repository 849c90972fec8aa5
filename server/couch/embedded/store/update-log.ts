import { randomBytes } from 'node:crypto';
import type { Operation } from 'leveldown';
import type { LevelStore } from './level.ts';
import { Signal } from './signal.ts';

/**
 * The log behind `_db_updates`: the newest event of each database, written in the same group as the change itself, so
 * that a follower who comes back after a crash misses none. An event shows only once it is on disk.
 */

export type UpdateType = 'created' | 'updated' | 'deleted';

export interface Update {
  name: string;
  type: UpdateType;
  seq: number;
}

const EVENT = 'u!';
const TOKEN = 'm!updates';

export class UpdateLog {
  readonly signal = new Signal();
  /** In order of `seq`, because an entry is removed before it is set again. */
  readonly #events = new Map<string, Update>();
  #last = 0;
  #shown = 0;
  #token = '';

  static async open(store: LevelStore): Promise<UpdateLog> {
    const log = new UpdateLog();
    const rows = await store.entries({ gte: EVENT, lt: 'u"' });
    const events = rows.map(([key, value]) => {
      const [seq, type] = JSON.parse(value) as [number, UpdateType];
      return { name: key.slice(EVENT.length), seq, type };
    });
    for (const event of events.sort((a, b) => a.seq - b.seq)) log.#show(event);
    log.#last = log.#shown;
    const known = await store.entries({ gte: TOKEN, lte: TOKEN });
    log.#token = known[0]?.[1] ?? randomBytes(8).toString('hex');
    if (!known[0]) await store.writeAsync([{ type: 'put', key: TOKEN, value: log.#token }]);
    return log;
  }

  /** What binds sequence strings to this log. */
  get token(): string {
    return this.#token;
  }

  get last(): number {
    return this.#shown;
  }

  /** The operation to write together with a change, and what to call once both are on disk. */
  prepare(name: string, type: UpdateType): { operation: Operation; commit: () => void } {
    const seq = ++this.#last;
    return {
      operation: { type: 'put', key: EVENT + name, value: JSON.stringify([seq, type]) },
      commit: () => {
        this.#show({ name, type, seq });
        this.signal.wake();
      }
    };
  }

  /** Events after `since`, oldest first. */
  since(since: number): Update[] {
    if (since >= this.#shown) return [];
    return [...this.#events.values()].filter((event) => event.seq > since);
  }

  #show(update: Update): void {
    this.#events.delete(update.name);
    this.#events.set(update.name, update);
    this.#shown = Math.max(this.#shown, update.seq);
  }
}
