import type { Sequence } from './checkpoint.ts';

/** Everything up to this sequence of the feed is delivered once nobody is left. */
interface Mark {
  seq: Sequence;
  left: Set<string>;
}

/** How far the feed of updates has been worked off: news may be done in another order than they came in. */
export class Place {
  readonly #marks: Mark[] = [];
  #seq: Sequence | undefined;

  /** The sequence from which the next start has to read; undefined as long as none is certain. */
  get seq(): Sequence | undefined {
    return this.#seq;
  }

  /** News up to `seq`, of these persons. More may be added to the set until `done` names all that is in it. */
  add(seq: Sequence, persons: Set<string>): void {
    this.#marks.push({ seq, left: persons });
    this.#advance();
  }

  /** Everything that is known of this person is delivered. */
  done(person: string): void {
    for (const { left } of this.#marks) left.delete(person);
    this.#advance();
  }

  #advance(): void {
    while (this.#marks[0]?.left.size === 0) this.#seq = this.#marks.shift()?.seq;
  }
}
