import {
  enrolment,
  factorState,
  recoveryCodes,
  type Enrolment,
  type FactorState,
  type ProveRequest
} from '$lib/domain/factor';
import { askFor, askServer, type AskingStore } from './ask-server';

/** Whether the person's account has a second factor. @throws ServerRefused, SyncFailure */
export const askFactor = (store: AskingStore): Promise<FactorState> => askFor(factorState, store, '/api/factor');

/** What an authenticator app needs; nothing is on yet. @throws ServerRefused, SyncFailure */
export const beginFactor = (store: AskingStore, proof: ProveRequest): Promise<Enrolment> =>
  askFor(enrolment, store, '/api/factor/enrolment', { body: proof });

/** Switches on with the first code; answers the recovery codes. @throws ServerRefused, SyncFailure */
export const confirmFactor = async (store: AskingStore, ticket: string, code: string): Promise<string[]> =>
  (await askFor(recoveryCodes, store, '/api/factor', { body: { ticket, code } })).recovery;

/** New recovery codes instead of those that were left. @throws ServerRefused, SyncFailure */
export const renewRecoveryCodes = async (store: AskingStore, proof: ProveRequest): Promise<string[]> =>
  (await askFor(recoveryCodes, store, '/api/factor/codes', { body: proof })).recovery;

/** Switches off. @throws ServerRefused, SyncFailure */
export const endFactor = async (store: AskingStore, proof: ProveRequest): Promise<void> =>
  void (await askServer(store, '/api/factor', { method: 'DELETE', body: proof }));
