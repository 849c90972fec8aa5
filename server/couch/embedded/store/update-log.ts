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
  readonly #newest = new Map<string, Update>();
  /** In order of `seq`, with events among them that newer ones have replaced, but never more than half. */
  #events: Update[] = [];
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

  /** Events after `since`, oldest first. Costs as much as there are, however many databases have older ones. */
  since(since: number): Update[] {
    const start = this.#events.findLastIndex(({ seq }) => seq <= since) + 1;
    return this.#events.slice(start).filter((event) => this.#isNewest(event));
  }

  #isNewest(event: Update): boolean {
    return this.#newest.get(event.name) === event;
  }

  #show(update: Update): void {
    this.#newest.set(update.name, update);
    this.#events.push(update);
    this.#shown = Math.max(this.#shown, update.seq);
    if (this.#events.length > 2 * this.#newest.size) this.#events = this.#events.filter((one) => this.#isNewest(one));
  }
}
