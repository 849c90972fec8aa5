import type { Couch } from '../../server/couch/types.ts';

/** When a process dies: before its next requests reach the database, or when their answers come. */
export interface Doom {
  /** Requests that it still makes. */
  left: number;
  when: 'before' | 'after';
}

/** The database as a process of the server sees it, until that process dies. */
export interface Mortal {
  couch: Couch;
  die(): void;
  doom: Doom | undefined;
}

const isFeed = (path: string): boolean => path.startsWith('/_db_updates');

/** @param died called once when the doom has come */
export function mortal(couch: Couch, died: () => void = () => undefined): Mortal {
  const death = new AbortController();
  const dead = () => new TypeError('this process is dead');
  const end = () => {
    if (death.signal.aborted) return;
    death.abort();
    died();
  };
  const self: Mortal = {
    doom: undefined,
    die: () => death.abort(),
    couch: {
      ...couch,
      async fetch(role, path, init) {
        if (death.signal.aborted) throw dead();
        const { doom } = self;
        const isLast = doom && !isFeed(path) && --doom.left < 0;
        if (isLast && doom.when === 'before') {
          end();
          throw dead();
        }
        const signal = init?.signal ? AbortSignal.any([init.signal, death.signal]) : death.signal;
        const answer = await couch.fetch(role, path, { ...init, signal });
        if (!isLast) return answer;
        await answer.text();
        end();
        throw dead();
      },
      provision: (name) => (death.signal.aborted ? Promise.reject(dead()) : couch.provision(name))
    }
  };
  return self;
}
