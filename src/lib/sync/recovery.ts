import { recoveryCode, type GiveRecovery, type RecoveryCode } from '$lib/domain/recovery';
import { askFor, type AskingStore } from './ask-server';

/** Asks for a code with which a colleague chooses a new password. @throws ServerRefused, SyncFailure */
export const giveRecovery = (store: AskingStore, wish: GiveRecovery): Promise<RecoveryCode> =>
  askFor(recoveryCode, store, '/api/recovery', { body: wish });
