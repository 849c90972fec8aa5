import type { SessionGrant } from '$lib/domain/api';
import { loadSync } from './later.svelte';
import type { Open } from './states';

/** A session that the server ended is begun again, in the same place. @throws OtherPerson */
export async function renew({ store, sync }: Pick<Open, 'store' | 'sync'>, grant: SessionGrant): Promise<void> {
  const { keepSession } = await loadSync();
  await keepSession(store, grant);
  sync.now();
}
