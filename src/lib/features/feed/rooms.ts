import type { Store } from '$lib/store/types';
import { Feed } from './feed.svelte';

const rooms = new WeakMap<Store, Map<string, Feed>>();

/** The feed of one channel that has a page of its own. */
export function roomOf(store: Store, channel: string): Feed {
  const known = rooms.get(store) ?? new Map<string, Feed>();
  rooms.set(store, known);
  const feed = known.get(channel) ?? new Feed(store);
  if (feed.channel !== channel) feed.filter(channel, 'all');
  known.set(channel, feed);
  return feed;
}
