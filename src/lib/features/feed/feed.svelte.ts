import type { Topic } from '$lib/domain/documents/post';
import type { FeedEntry, ReactionSummary } from '$lib/store/store-api';
import type { Store } from '$lib/store/types';
import { follow } from '../live-query.svelte';

const PAGE = 20;

/** What a page of posts shows: the entries with their reactions and numbers of comments. */
interface Shown {
  entries: FeedEntry[];
  more: boolean;
  reactions: Map<string, ReactionSummary>;
  comments: Map<string, number>;
}

/** The feed as filtered by the person; follows the store. To be made inside a component. */
export class Feed {
  /** A channel, or everything that this person follows. */
  channel = $state('all');
  topic = $state<Topic | 'all'>('all');
  #limit = $state(PAGE);
  #shown;

  constructor(store: Store) {
    this.#shown = follow(() => {
      const query = {
        channels: this.channel === 'all' ? undefined : [this.channel],
        topic: this.topic === 'all' ? undefined : this.topic,
        limit: this.#limit
      };
      return store.live(async (): Promise<Shown> => {
        const page = await store.feedPage(query);
        const ids = page.entries.map((entry) => entry.id);
        const [reactions, comments] = await Promise.all([store.reactions(ids), store.commentCounts(ids)]);
        return { entries: page.entries, more: page.next !== undefined, reactions, comments };
      });
    });
  }

  get shown(): Shown | undefined {
    return this.#shown.value;
  }

  get failed(): boolean {
    return this.#shown.failed;
  }

  filter(channel: string, topic: Topic | 'all'): void {
    this.channel = channel;
    this.topic = topic;
    this.#limit = PAGE;
  }

  more(): void {
    if (this.shown?.more) this.#limit = this.shown.entries.length + PAGE;
  }
}
