import type { AppliedBlock, PreparedBlock, SharedBlock } from '$lib/store/store-api';
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

/** Seals a block that follows another one of its source. */
export type Prepare = (source: string, block: SharedBlock, after?: AppliedBlock) => Promise<PreparedBlock>;

/**
 * While a block goes to the disk the next one is sealed and handed over, so that the disk never waits. What arrives
 * meanwhile waits and is then taken together: on a narrow link each block is on the disk at once, on a broad one a
 * transaction carries many.
 */
export function createApplying(prepare: Prepare): Applying {
  const waiting: { source: string; block: SharedBlock }[] = [];
  const hungry: (() => void)[] = [];
  let running: Promise<void> | undefined;
  let failure: { error: unknown } | undefined;

  const size = (): number => waiting.reduce((sum, { block }) => sum + sizeOf(block), 0);

  function feed(): void {
    for (const resume of hungry.splice(0)) resume();
  }

  async function run(): Promise<void> {
    const applied = new Map<string, AppliedBlock>();
    let earlier = Promise.resolve();
    let latest = Promise.resolve();
    try {
      for (;;) {
        const first = waiting.shift();
        feed();
        if (first) {
          const block = await prepare(first.source, first.block, applied.get(first.source));
          await earlier;
          earlier = latest;
          latest = block.apply();
          // Awaited two turns later; until then its failure is nobody's surprise.
          latest.catch(() => undefined);
          applied.set(first.source, { ...block, applied: latest });
          await breathe();
        } else {
          await earlier;
          await latest;
          if (!waiting.length) return;
        }
      }
    } catch (error) {
      failure = { error };
      await Promise.allSettled([earlier, latest]);
      waiting.length = 0;
    } finally {
      running = undefined;
      feed();
    }
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
      running ??= run();
      while (size() >= WAITING) await new Promise<void>((resume) => hungry.push(resume));
      check();
    },
    async end() {
      await running;
      check();
    }
  };
}
