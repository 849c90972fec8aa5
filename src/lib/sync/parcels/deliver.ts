import * as v from 'valibot';
import { deliveryAnswer, statusAnswer, type DeliveryAnswer, type StatusAnswer } from '$lib/domain/parcel/api';
import { partsOf, type Bytes } from '$lib/domain/parcel/layout';
import { REPLY_MAGIC } from '$lib/domain/parcel/reply';
import { failureOf, SyncFailure } from '../failure';
import { readAll, SILENCE, within } from '../patience';

/** Nothing of an answer may reach the disk, and nobody's name travels. */
const PRIVATE: RequestInit = { cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer' };

const parcelIn = (parcel: Bytes): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/octet-stream' },
  body: parcel
});

async function answerTo(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await within(fetch(path, { ...init, ...PRIVATE }), 4 * SILENCE);
  const failure = response.status === 422 || response.status === 413 ? undefined : failureOf(response);
  if (failure) throw failure;
  return response;
}

async function read<T extends v.GenericSchema>(response: Response, schema: T): Promise<v.InferOutput<T>> {
  const answer = v.safeParse(schema, await within(response.json(), SILENCE));
  if (!answer.success) throw new SyncFailure('server');
  return answer.output;
}

/**
 * Brings a parcel to the server, whoever sealed it; needs no session.
 * @throws SyncFailure when the server has not said what became of it
 */
export async function deliver(parcel: Bytes, base = ''): Promise<DeliveryAnswer> {
  const response = await answerTo(`${base}/api/parcels`, parcelIn(parcel));
  if (response.status === 413) return { state: 'refused', reason: 'too-large' };
  return read(response, deliveryAnswer);
}

/**
 * What comes back for a parcel that has arrived; undefined when the server has nothing to say. The author alone can read
 * it.
 * @throws SyncFailure
 */
export async function fetchReply(parcel: Bytes, base = ''): Promise<Bytes | undefined> {
  const response = await answerTo(`${base}/api/parcels/reply`, parcelIn(parcel));
  if (response.status !== 200) return undefined;
  const reply = await readAll(response);
  if (typeof partsOf(reply, REPLY_MAGIC) === 'string') throw new SyncFailure('server');
  return reply;
}

/**
 * Asks whether a parcel has arrived.
 * @param number as `parseNumber` gives it
 * @throws SyncFailure
 */
export const parcelStatus = async (number: string, base = ''): Promise<StatusAnswer> =>
  read(await answerTo(`${base}/api/parcels/${number}`), statusAnswer);
