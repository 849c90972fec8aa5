import type { SharedBlock } from '$lib/store/store-api';

interface Open {
  docs: Map<string, unknown>;
  deleted: Set<string>;
  reset: boolean;
}

/** The own database has moved on to this sequence. */
export interface OwnNews {
  sequence: string;
  /** All that is new up to CouchDB's own sequence; without it, it has to be pulled. */
  brought?: { docs: unknown[]; since: string };
}

/** What one row of the answer asks the device to do. */
export type Step =
  { kind: 'block'; source: number; block: SharedBlock } | { kind: 'own'; own: OwnNews } | { kind: 'end'; now: number };

const fresh = (reset: boolean): Open => ({ docs: new Map(), deleted: new Set(), reset });

/**
 * Gathers rows until their checkpoint comes. Rows that this build does not know are passed over, because a newer
 * server may send them and the checkpoint still holds; what a document says is the store's business.
 * @param sources how many sources the request named
 */
export function createBlocks(sources: number): { take(row: unknown): Step | undefined } {
  const open = new Map<number, Open>();
  let own: unknown[] = [];

  const at = (source: number): Open => {
    const block = open.get(source) ?? fresh(false);
    open.set(source, block);
    return block;
  };

  function close(source: number, checkpoint: string): Step {
    const { docs, deleted, reset } = at(source);
    open.delete(source);
    const block = { docs: [...docs.values()], deletedIds: [...deleted], checkpoint, ...(reset && { reset }) };
    return { kind: 'block', source, block };
  }

  function closeOwn(sequence: string, since: unknown): Step {
    const docs = own;
    own = [];
    return { kind: 'own', own: { sequence, ...(typeof since === 'string' && { brought: { docs, since } }) } };
  }

  return {
    take(row) {
      if (!Array.isArray(row)) return undefined;
      const [kind, first, second] = row as unknown[];
      if (kind === 'p') own.push(first);
      if (kind === 'o') return typeof first === 'string' ? closeOwn(first, second) : undefined;
      if (kind === 'e') return typeof first === 'number' ? { kind: 'end', now: first } : undefined;
      if (typeof first !== 'number' || !Number.isInteger(first) || first < 0 || first >= sources) return undefined;
      if (kind === 'r') open.set(first, fresh(true));
      if (kind === 'd') {
        const id = idOf(second);
        if (id === undefined) return undefined;
        at(first).deleted.delete(id);
        at(first).docs.set(id, second);
      }
      if (kind === 'x' && typeof second === 'string') {
        at(first).docs.delete(second);
        at(first).deleted.add(second);
      }
      return kind === 'c' && typeof second === 'string' ? close(first, second) : undefined;
    }
  };
}

function idOf(doc: unknown): string | undefined {
  const id = (doc as { _id?: unknown } | null | undefined)?._id;
  return typeof id === 'string' ? id : undefined;
}
