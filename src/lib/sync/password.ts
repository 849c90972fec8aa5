import type { ChangePasswordRequest } from '$lib/domain/password';
import { askServer, type AskingStore } from './ask-server';

/** Changes the person's password. @throws ServerRefused, SyncFailure */
export const changePassword = async (store: AskingStore, change: ChangePasswordRequest): Promise<void> =>
  void (await askServer(store, '/api/password', { body: change }));
