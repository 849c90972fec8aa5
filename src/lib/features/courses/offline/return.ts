import type { Store } from '$lib/store/types';

/** Goes on with what the person was taking along when she left or the page died. */
export async function returnToDownloads(store: Store): Promise<void> {
  const { readList } = await import('./download-list');
  if (!(await readList(store)).length) return;
  const { downloads } = await import('./downloads.svelte');
  downloads.begin(store);
}
