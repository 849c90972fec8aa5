import type { SharedBlock } from '$lib/store/store-api';
import { breathe } from './breathe';

/** Documents that are applied in one transaction: more would hold up the page, fewer would wait for the disk. */
const MOST = 250;
/** Documents that may wait while a transaction runs. */
const WAITING = 2 * MOST;

/** Applies blocks in their order while the next ones arrive. */
export interface Applying {
  /** Takes a block; resolves when there is room for more. Throws what went wrong with an earlier one. */
  take(source: string, block: SharedBlock): Promise<void>;
  /** Resolves when all that was taken is applied. Throws what went wrong. */
  end(): Promise<void>;
}

const idOf = (doc: unknown): string => String((doc as { _id?: unknown })._id);
const sizeOf = ({ docs, deletedIds }: SharedBlock): number => docs.length + deletedIds.length;

/** One block that does what two do one after the other. */
export function joined(first: SharedBlock, second: SharedBlock): SharedBlock {
  if (second.reset) return second;
  const later = new Set([...second.docs.map(idOf), ...second.deletedIds]);
  return {
    docs: [...first.docs.filter((doc) => !later.has(idOf(doc))), ...second.docs],
    deletedIds: [...first.deletedIds.filter((id) => !later.has(id)), ...second.deletedIds],
    checkpoint: second.checkpoint,
    ...(first.reset && { reset: true })
  };
}

/**
 * What arrives while a transaction runs waits and then goes into the next one together: on a narrow link each block is
 * on the disk at once, on a broad one a transaction carries many.
 */
export function createApplying(apply: (source: string, block: SharedBlock) => Promise<void>): Applying {
  const waiting: { source: string; block: SharedBlock }[] = [];
  let turn: Promise<void> | undefined;
  let failure: { error: unknown } | undefined;

  const size = (): number => waiting.reduce((sum, { block }) => sum + sizeOf(block), 0);

  function next(): void {
    const first = waiting.shift();
    turn = first && apply(first.source, first.block).then(breathe).then(next, failed);
  }

  function failed(error: unknown): void {
    failure = { error };
    waiting.length = 0;
    turn = undefined;
  }

  const check = (): void => {
    if (failure) throw failure.error;
  };

  return {
    async take(source, block) {
      check();
      const last = waiting.at(-1);
      if (last?.source === source && sizeOf(last.block) + sizeOf(block) <= MOST) last.block = joined(last.block, block);
      else waiting.push({ source, block });
      if (!turn) next();
      while (turn && size() >= WAITING) await turn;
      check();
    },
    async end() {
      while (turn) await turn;
      check();
    }
  };
}
