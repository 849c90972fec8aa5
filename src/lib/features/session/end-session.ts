import { SECRET } from '$lib/sync/secrets';
import type { Store } from '$lib/store/types';

const PATIENCE = 5_000;

/** Tells the server that this device's session is over. Without signal the session simply runs out: nobody waits. */
export async function endSession(store: Pick<Store, 'secret'>): Promise<void> {
  try {
    const refresh = await store.secret(SECRET.refresh);
    if (!refresh) return;
    await fetch('/api/session', {
      method: 'DELETE',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ refresh }),
      cache: 'no-store',
      credentials: 'omit',
      signal: AbortSignal.timeout(PATIENCE)
    });
  } catch {
    return;
  }
}
