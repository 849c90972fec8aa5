import { Problem } from '../problem.ts';

/** Long answers at the same time: each holds a compressing window of some 3 MB, for as long as its device is slow. */
const MOST = 256;

/** Who finds no room comes again after so many seconds, spread, because those who came together were sent away together. */
const AGAIN = { least: 2, spread: 10 };

/** A bound on what goes on at the same time. */
export interface Room {
  /** Call the result once, when it is over. Throws 503 with `Retry-After` when there is no room. */
  enter(): () => void;
}

export function makeRoom(most = MOST, random: () => number = Math.random): Room {
  let inside = 0;
  return {
    enter() {
      if (inside >= most) {
        const seconds = Math.round(AGAIN.least + random() * AGAIN.spread);
        throw new Problem(503, 'busy', 'Many devices are asking for much at this moment.', seconds);
      }
      inside += 1;
      return () => void (inside -= 1);
    }
  };
}
