import type { Store } from '$lib/store/store-api';
import type { OwnItem } from '$lib/store/types';

const MOST = 10;

/** Posts and comments that have reached the server, newest first. */
export async function recentlySent(store: Pick<Store, 'ownItems'>): Promise<OwnItem[]> {
  const items: OwnItem[] = [...(await store.ownItems('post')), ...(await store.ownItems('comment'))];
  return items
    .filter(({ state }) => state.kind === 'sent' || state.kind === 'delivered')
    .sort((a, b) => b.doc.createdAt.localeCompare(a.doc.createdAt))
    .slice(0, MOST);
}
