import { Transform, type TransformCallback } from 'node:stream';

/** One direction of a link that several connections share: bytes leave at the rate, after the delay. */
export class Lane {
  bytes = 0;
  #free = 0;
  readonly #rate: number;
  readonly #delay: number;

  /**
   * @param rate bytes per second; Infinity for no limit
   * @param delay milliseconds from one end to the other
   */
  constructor(rate: number, delay: number) {
    this.#rate = rate;
    this.#delay = delay;
  }

  /** When the last of `size` bytes arrives if they are sent now, as milliseconds from now. */
  send(size: number, now = performance.now()): number {
    this.bytes += size;
    this.#free = Math.max(now, this.#free) + (size / this.#rate) * 1_000;
    return this.#free + this.#delay - now;
  }
}

/** A stream that lets bytes through as the lane carries them, in small portions, so that a cut hits in mid-body. */
export function throttled(lane: Lane, portion = 1_400): Transform {
  let last = Promise.resolve();
  const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
  return new Transform({
    transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback) {
      const portions: { part: Buffer; arrives: number }[] = [];
      const now = performance.now();
      for (let at = 0; at < chunk.length; at += portion) {
        const part = chunk.subarray(at, at + portion);
        portions.push({ part, arrives: now + lane.send(part.length, now) });
      }
      const onTheWire = Math.max(0, (portions.at(-1)?.arrives ?? now) - now);
      last = last.then(async () => {
        for (const { part, arrives } of portions) {
          const rest = arrives - performance.now();
          if (rest > 1) await wait(rest);
          if (!this.destroyed) this.push(part);
        }
      });
      if (onTheWire < 200) done();
      else last.then(() => done(), done);
    },
    flush(done: TransformCallback) {
      last.then(() => done(), done);
    }
  });
}
