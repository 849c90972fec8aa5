import type { Couch } from '../couch/types.ts';
import type { Stored } from '../registry/database.ts';
import type { Decision, Lookup } from './decide.ts';
import { inReady } from './ready.ts';

/** What is known of the databases that a batch of decisions asks about, kept up to date as decisions are made. */
export class View {
  readonly #rows = new Map<string, Stored>();

  static async load(couch: Couch, wanted: Lookup[]): Promise<View> {
    const view = new View();
    const byDatabase = Map.groupBy(wanted, ({ database }) => database);
    await Promise.all(
      [...byDatabase].map(async ([name, rows]) => {
        const found = await inReady(couch, name, (database) => database.byIds(rows.map(({ id }) => id)));
        for (const doc of found.values()) view.#rows.set(`${name}/${doc._id}`, doc);
      })
    );
    return view;
  }

  find(database: string, id: string): Stored | undefined {
    return this.#rows.get(`${database}/${id}`);
  }

  /** Takes the writes of a decision as done, so that a comment finds the post that precedes it in the same batch. */
  apply({ writes }: Decision): void {
    for (const { database, doc } of writes) {
      if (doc._deleted) this.#rows.delete(`${database}/${doc._id}`);
      else this.#rows.set(`${database}/${doc._id}`, doc as Stored);
    }
  }
}
