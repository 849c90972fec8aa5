import { loadSync } from './later.svelte';
import type { Open } from './states';

/** A session that the server ended is begun again, in the same place. @throws SignInFailed, OtherPerson */
export async function renew({ store, sync }: Pick<Open, 'store' | 'sync'>, account: string, password: string) {
  const { keepSession, signIn } = await loadSync();
  await keepSession(store, await signIn(account, password));
  sync.now();
}
