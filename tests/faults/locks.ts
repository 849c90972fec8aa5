import type { Surroundings } from '$lib/sync/surroundings';
import type { Runner } from './runner.ts';

interface Claim {
  tab: Runner;
  start: () => void;
}

/** Web Locks of one browser, as far as sync uses them: one holder, the others in line, and death frees the lock. */
export class Locks {
  #holder: Claim | undefined;
  #line: Claim[] = [];

  get holder(): Runner | undefined {
    return this.#holder?.tab;
  }

  /** The lock manager that a tab sees. */
  of(tab: Runner): Surroundings['locks'] {
    const request = (_name: string, { signal }: LockOptions, run: () => Promise<unknown>): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const end = () => {
          if (this.#holder === claim) this.#holder = undefined;
          this.#next();
        };
        const start = () => {
          signal?.removeEventListener('abort', give);
          run().then(resolve, reject).finally(end);
        };
        const claim = { tab, start };
        const give = () => {
          this.#line = this.#line.filter((one) => one !== claim);
          reject(new DOMException('aborted', 'AbortError'));
        };
        if (signal?.aborted) return give();
        signal?.addEventListener('abort', give);
        this.#line.push(claim);
        this.#next();
      });
    return { request } as unknown as Surroundings['locks'];
  }

  /** The browser hands on what a crashed tab held. */
  die(tab: Runner): void {
    this.#line = this.#line.filter((claim) => claim.tab !== tab);
    if (this.#holder?.tab === tab) this.#holder = undefined;
    this.#next();
  }

  #next(): void {
    if (this.#holder) return;
    this.#holder = this.#line.shift();
    this.#holder?.start();
  }
}
