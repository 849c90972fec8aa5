import type { Runner } from './runner.ts';

/** What happens to one request of a device. */
export type WireFault =
  | { kind: 'refused' | 'answer-lost' | 'cut-request' | 'late' | 'slow-request' | 'slow-answer' }
  | { kind: 'cut-answer'; part: number }
  | { kind: 'twice'; second: boolean }
  | { kind: 'status'; status: number };

/** Which request: of the private lane, of the shared lane, of the session, or whichever comes. */
export type WirePlace = 'db' | 'sync' | 'session' | 'any';

export interface Planned {
  place: WirePlace;
  fault: WireFault;
}

const placeOf = (path: string): WirePlace => {
  if (path.startsWith('/db/')) return 'db';
  if (path.startsWith('/sync')) return 'sync';
  return path.startsWith('/api/session') ? 'session' : 'any';
};

const MEMORY = 20;

interface Flight {
  tab: Runner;
  cut: AbortController;
}

/** The way from one device to the server. */
export class Link {
  /** Address from which the server sees this device. */
  readonly address: string;
  isDown = false;
  readonly planned: Planned[] = [];
  /** The last requests, for the report of a failure. */
  readonly last: string[] = [];
  readonly #flights = new Set<Flight>();
  #late: (() => void)[] = [];

  constructor(address: string) {
    this.address = address;
  }

  note(request: string): void {
    if (this.last.push(request.trim()) > MEMORY) this.last.shift();
  }

  /** The fault planned for the next request of this kind. */
  take(path: string): WireFault | undefined {
    const place = placeOf(path);
    const at = this.planned.findIndex((one) => one.place === place || one.place === 'any');
    return at < 0 ? undefined : this.planned.splice(at, 1)[0]?.fault;
  }

  /** A request that sets out: the signal fires when the link is cut, be it on its way or long answered. */
  fly(tab: Runner): AbortSignal {
    const flight = { tab, cut: new AbortController() };
    this.#flights.add(flight);
    return flight.cut.signal;
  }

  /** Keeps something for later: what is slow, and what arrives when nobody waits for it any more. */
  hold(act: () => void): void {
    this.#late.push(act);
  }

  /** What was held arrives now. */
  release(): void {
    const late = this.#late;
    this.#late = [];
    for (const act of late) act();
  }

  /** Everything that is under way breaks off, of one tab or of all. */
  cut(tab?: Runner): void {
    for (const flight of this.#flights) {
      if (tab && flight.tab !== tab) continue;
      this.#flights.delete(flight);
      flight.cut.abort();
    }
  }
}
