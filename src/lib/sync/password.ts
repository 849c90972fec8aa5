import type { ChangePasswordRequest } from '$lib/domain/password';
import { askServer } from './ask-server';
import type { SyncStore } from './port';

/** Changes the person's password. @throws ServerRefused, SyncFailure */
export async function changePassword(
  store: Pick<SyncStore, 'secret' | 'setSecret' | 'changeSetting'>,
  change: ChangePasswordRequest
): Promise<void> {
  await askServer(store, '/api/password', change);
}
