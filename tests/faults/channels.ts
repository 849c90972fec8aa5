import type { Runner } from './runner.ts';

interface End {
  tab: Runner;
  onmessage: ((event: { data: unknown }) => void) | null;
}

/** What connects the tabs of one browser; all of a device's tabs use one name. */
export class Channels {
  readonly #ends = new Set<End>();

  open(tab: Runner): BroadcastChannel {
    const ends = this.#ends;
    const end = {
      tab,
      onmessage: null,
      postMessage(data: unknown) {
        if (tab.dead) return;
        for (const other of ends) if (other !== end) deliver(other, structuredClone(data));
      },
      close: () => void ends.delete(end)
    };
    ends.add(end);
    return end as unknown as BroadcastChannel;
  }

  die(tab: Runner): void {
    for (const end of this.#ends) if (end.tab === tab) this.#ends.delete(end);
  }
}

const deliver = (end: End, data: unknown): void =>
  void setImmediate(() => {
    if (!end.tab.dead) end.onmessage?.({ data });
  });
