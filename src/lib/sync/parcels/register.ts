import * as v from 'valibot';
import { serverKeyAnswer } from '$lib/domain/parcel/api';
import { failureOf, SyncFailure } from '../failure';
import { SILENCE, sleep, within } from '../patience';
import type { SyncStore } from '../port';
import type { Leading } from '../scheduler';
import type { StatusSink } from '../status';
import type { Api } from '../tokens';
import { keepKeys, newPair, readKeys, sessionOf } from './keys';

const DAY = 86_400_000;

/** The server is asked for its key again after this time, ms. */
const FRESH = 7 * DAY;

/** Rest after a try in vain, ms; other requests find out about the link. */
const CALM = 30_000;

/**
 * Tells the server this device's key, once for each session, and learns the server's, so that sealing works without a
 * link from then on. Costs one small request a week.
 * @throws SyncFailure
 */
export async function registerDevice(store: Pick<SyncStore, 'secret' | 'setSecret'>, api: Api): Promise<void> {
  const known = await readKeys(store);
  const session = await sessionOf(store);
  if (session === undefined) throw new SyncFailure('signed-out');
  if (known?.session === session && Math.abs(Date.now() - known.at) < FRESH) return;
  const pair = known ?? (await newPair());
  const response = await api.fetch('/api/parcels/device', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ deviceKey: pair.verify })
  });
  const failure = failureOf(response);
  if (failure) throw failure;
  const answer = v.safeParse(serverKeyAnswer, await within(response.json(), SILENCE));
  if (!answer.success) throw new SyncFailure('server');
  const { sign, verify } = pair;
  await keepKeys(store, { sign, verify, session, server: answer.output.serverKey, at: Date.now() });
}

export interface RegisterParts extends Pick<Leading, 'link' | 'wake' | 'signal'> {
  store: Pick<SyncStore, 'secret' | 'setSecret'>;
  api: Api;
  sink: StatusSink;
}

/** Keeps the device registered while its tab leads, behind what the first screen needs. Never rejects. */
export async function keepRegistered({ store, api, sink, link, wake, signal }: RegisterParts): Promise<void> {
  await firstAnswer(sink, signal);
  while (!signal.aborted) {
    await link.untilUp(signal);
    if (signal.aborted) return;
    const noted = wake.rings;
    const done = await registerDevice(store, api).then(
      () => true,
      () => false
    );
    // A ring may mean a new session; looking costs nothing while the old one lasts.
    await (done ? wake.wait(DAY, signal, noted) : sleep(CALM, signal));
  }
}

/** Resolves once the server has ever answered, or the signal fires. */
function firstAnswer(sink: StatusSink, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted || sink.current.freshAt > 0) return resolve();
    const end = (): void => {
      signal.removeEventListener('abort', end);
      leave();
      resolve();
    };
    const leave = sink.subscribe(({ freshAt }) => freshAt > 0 && end());
    signal.addEventListener('abort', end);
  });
}
