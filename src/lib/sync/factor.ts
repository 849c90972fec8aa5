import * as v from 'valibot';
import { enrolment, factorState, recoveryCodes, type Enrolment, type FactorState } from '$lib/domain/factor';
import { apiOf } from './api';
import { askServer } from './ask-server';
import { failureOf, SyncFailure } from './failure';
import type { SyncStore } from './port';

type FactorStore = Pick<SyncStore, 'secret' | 'setSecret' | 'changeSetting'>;

/** What shows that it is she who changes her factor. The code is for where it is on. */
export interface Proof {
  password: string;
  code?: string;
}

async function read<T extends v.GenericSchema>(schema: T, answer: Response): Promise<v.InferOutput<T>> {
  const told = v.safeParse(schema, await answer.json());
  if (!told.success) throw new SyncFailure('server');
  return told.output;
}

/** Whether the person's account has a second factor. @throws SyncFailure */
export async function askFactor(store: FactorStore): Promise<FactorState> {
  const answer = await apiOf(store).fetch('/api/factor');
  const failure = failureOf(answer);
  if (failure) throw failure;
  return read(factorState, answer);
}

/** What an authenticator app needs; nothing is on yet. @throws ServerRefused, SyncFailure */
export const beginFactor = async (store: FactorStore, proof: Proof): Promise<Enrolment> =>
  read(enrolment, await askServer(store, '/api/factor/enrolment', proof));

/** Switches on with the first code; answers the recovery codes. @throws ServerRefused, SyncFailure */
export const confirmFactor = async (store: FactorStore, ticket: string, code: string): Promise<string[]> =>
  (await read(recoveryCodes, await askServer(store, '/api/factor', { ticket, code }))).recovery;

/** New recovery codes instead of those that were left. @throws ServerRefused, SyncFailure */
export const renewRecoveryCodes = async (store: FactorStore, proof: Proof): Promise<string[]> =>
  (await read(recoveryCodes, await askServer(store, '/api/factor/codes', proof))).recovery;

/** Switches off. @throws ServerRefused, SyncFailure */
export const endFactor = async (store: FactorStore, proof: Proof): Promise<void> =>
  void (await askServer(store, '/api/factor', proof, 'DELETE'));
