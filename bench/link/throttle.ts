import { Transform, type TransformCallback } from 'node:stream';

/** About what one packet carries: a cut hits in mid-body, and connections take turns. */
const PORTION = 1_400;
/** Portions of one connection that wait for the lane, so that it never stands idle for want of the next one. */
const QUEUED = 3;

interface Ticket {
  size: number;
  /** Called when the bytes have left; undefined once they are withdrawn. */
  left: (() => void) | undefined;
}

/** One direction of a link that several connections share: portions leave one after the other, at the rate. */
export class Lane {
  /** Bytes that have arrived; what is on its way when a link is cut is lost to whoever sends, and not counted. */
  bytes = 0;
  /** When the portion on the wire has left, or the last one had, ms. */
  #free = 0;
  #busy = false;
  readonly #queue: Ticket[] = [];
  readonly #rate: number;

  /** @param rate bytes per second; Infinity for no limit */
  constructor(rate: number) {
    this.#rate = rate;
  }

  /** Calls back when so many bytes have left; what is withdrawn while it waits has never been on the wire. */
  send(size: number, left: () => void): { withdraw(): void } {
    const ticket: Ticket = { size, left };
    this.#queue.push(ticket);
    if (!this.#busy) {
      this.#free = performance.now();
      this.#next();
    }
    return {
      withdraw: () => {
        ticket.left = undefined;
        const at = this.#queue.indexOf(ticket);
        if (at >= 0) this.#queue.splice(at, 1);
      }
    };
  }

  #next(): void {
    const ticket = this.#queue.shift();
    this.#busy = ticket !== undefined;
    if (!ticket) return;
    // From the end of the portion before, not from now: a late timer must not make the link slower.
    this.#free += (ticket.size / this.#rate) * 1_000;
    setTimeout(
      () => {
        ticket.left?.();
        this.#next();
      },
      Math.max(0, this.#free - performance.now())
    );
  }
}

/** A stream through a lane: what has left the lane arrives after the delay, ms. */
export function throttled(lane: Lane, delay: number): Transform {
  const parts: Buffer[] = [];
  const waiting = new Set<{ withdraw(): void }>();
  const arriving = new Set<ReturnType<typeof setTimeout>>();
  let more: (() => void) | undefined;
  let end: (() => void) | undefined;

  const stream = new Transform({
    transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback) {
      for (let at = 0; at < chunk.length; at += PORTION) parts.push(chunk.subarray(at, at + PORTION));
      more = done;
      fill();
    },
    flush(done: TransformCallback) {
      end = done;
      settle();
    },
    destroy(error, done) {
      for (const ticket of waiting) ticket.withdraw();
      for (const arrival of arriving) clearTimeout(arrival);
      done(error);
    }
  });

  function fill(): void {
    while (waiting.size < QUEUED) {
      const part = parts.shift();
      if (!part) break;
      const ticket = lane.send(part.length, () => {
        waiting.delete(ticket);
        arrive(part);
        fill();
      });
      waiting.add(ticket);
    }
    if (parts.length) return;
    const asked = more;
    more = undefined;
    asked?.();
  }

  function arrive(part: Buffer): void {
    const arrival = setTimeout(() => {
      arriving.delete(arrival);
      lane.bytes += part.length;
      stream.push(part);
      settle();
    }, delay);
    arriving.add(arrival);
  }

  function settle(): void {
    if (!waiting.size && !arriving.size) end?.();
  }

  return stream;
}

/** A stream that only counts. */
export function counted(lane: Lane): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback) {
      lane.bytes += chunk.length;
      done(null, chunk);
    }
  });
}
