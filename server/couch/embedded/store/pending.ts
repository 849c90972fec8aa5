import type { Pouch } from './pouch.ts';

/**
 * How many changes come after a sequence, for `pending`. PouchDB does not count them; counting by reading on would make
 * a paged pull quadratic. Built when the first limited answer asks, kept up to date from the changes since.
 */
export class Pending {
  readonly #pouch: Pouch;
  readonly #latest = new Map<string, number>();
  #sequences = new Float64Array();
  #upTo = 0;

  constructor(pouch: Pouch) {
    this.#pouch = pouch;
  }

  /** Documents whose latest change comes after `seq`. */
  async after(seq: number): Promise<number> {
    await this.#refresh();
    let low = 0;
    let high = this.#sequences.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sequences[middle] ?? 0) <= seq) low = middle + 1;
      else high = middle;
    }
    return this.#sequences.length - low;
  }

  async #refresh(): Promise<void> {
    const { update_seq: upTo } = await this.#pouch.info();
    if (upTo <= this.#upTo) return;
    const { results } = await this.#pouch.changes({ since: this.#upTo });
    for (const row of results) this.#latest.set(row.id, row.seq);
    this.#upTo = Math.max(upTo, results.at(-1)?.seq ?? 0);
    this.#sequences = Float64Array.from(this.#latest.values()).sort();
  }
}
