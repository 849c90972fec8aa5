import type { FeedEntry, ReactionSummary } from '$lib/store/store-api';

/** What a part shows: its posts with their reactions and numbers of comments. */
export interface Shown {
  entries: FeedEntry[];
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
  shown = $state.raw<Shown>();
  failed = $state(false);
  /** As measured when its posts were last drawn, px; until they are, it is drawn with exactly this height. */
  height = $state(OUTLINE);
  /** Posts that it had when it was last read. */
  count = $state(0);

  constructor(before: number, from?: number) {
    this.before = before;
    this.from = from;
  }

  show(shown: Shown): void {
    this.shown = shown;
    this.count = shown.entries.length;
  }
}
