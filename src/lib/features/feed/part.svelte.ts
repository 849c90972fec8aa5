import type { FeedEntry, ReactionSummary } from '$lib/store/store-api';

/** What others said to the posts of a part. */
export interface Echo {
  reactions: Map<string, ReactionSummary>;
  comments: Map<string, number>;
}

/** Height of a part that was never drawn, px: where it will be, an outline stands. */
const OUTLINE = 600;

/** The posts between two times. Far from the screen it keeps only its height. */
export class Part {
  /** Received before (ms). */
  readonly before: number;
  /** Received at or after (ms); undefined in the last part, which ends where the device has nothing older. */
  from: number | undefined;
  entries = $state.raw<FeedEntry[]>();
  /** Comes after the posts: they are what a person waits for. */
  echo = $state.raw<Echo>();
  failed = $state(false);
  /** As measured when its posts were last drawn, px; until they are, it is drawn with exactly this height. */
  height = $state(OUTLINE);
  /** Posts that it had when it was last read. */
  count = $state(0);

  constructor(before: number, from?: number) {
    this.before = before;
    this.from = from;
  }

  /** A part as it was left: with its height and no posts yet. */
  static of(before: number, { from, height, count }: { from?: number; height: number; count: number }): Part {
    const part = new Part(before, from);
    part.height = height;
    part.count = count;
    return part;
  }

  show(entries: FeedEntry[]): void {
    this.entries = entries;
    this.count = entries.length;
  }

  /** Keeps the height alone. */
  forget(): void {
    this.entries = undefined;
    this.echo = undefined;
  }
}
