import * as v from 'valibot';
import { recoveryCode, type GiveRecovery, type RecoveryCode } from '$lib/domain/recovery';
import { askServer } from './ask-server';
import { SyncFailure } from './failure';
import type { SyncStore } from './port';

/** Asks for a code with which a colleague chooses a new password. @throws ServerRefused, SyncFailure */
export async function giveRecovery(
  store: Pick<SyncStore, 'secret' | 'setSecret' | 'changeSetting'>,
  wish: GiveRecovery
): Promise<RecoveryCode> {
  const response = await askServer(store, '/api/recovery', wish);
  const answer = v.safeParse(recoveryCode, await response.json());
  if (!answer.success) throw new SyncFailure('server');
  return answer.output;
}
