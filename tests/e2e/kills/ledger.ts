/** A place that each write replaces: what it may hold is the last acknowledged value or one that was tried since. */
export class Register<T> {
  #tried = new Set<T>();

  constructor(acknowledged: T) {
    this.#tried.add(acknowledged);
  }

  tries(value: T): void {
    this.#tried.add(value);
  }

  acknowledges(value: T): void {
    this.#tried = new Set([value]);
  }

  allows(value: T): boolean {
    return this.#tried.has(value);
  }
}

/** What the person did, by what her screen told her. */
export interface Ledger {
  /** Posts by their text; whether the screen acknowledged them. */
  posts: Map<string, boolean>;
  /** Whether she likes a post, by its text. */
  likes: Map<string, Register<boolean>>;
  /** What she says about her skills. */
  skills: Register<string>;
}

export const newLedger = (): Ledger => ({ posts: new Map(), likes: new Map(), skills: new Register('') });

/** Number of writes that the screen acknowledged, posts only. */
export const acknowledgedPosts = ({ posts }: Ledger): string[] =>
  [...posts].filter(([, acknowledged]) => acknowledged).map(([text]) => text);
