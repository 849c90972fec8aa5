import * as v from 'valibot';
import { NUMBER_START } from './number.ts';

/** Bodies of the routes under `/api/parcels`, validated on both sides. */

const key = (characters: number) => v.pipe(v.string(), v.length(characters), v.regex(/^[A-Za-z0-9_-]+$/));

/** `PUT /api/parcels/device`: the public key (P-256, uncompressed, base64url) of the device that asks. */
export const deviceKeyRequest = v.object({ deviceKey: key(87) });

/** Its answer: the key (X25519, base64url) to seal parcels to from now on. */
export const serverKeyAnswer = v.object({ serverKey: key(43) });

/** Why a parcel is not accepted; each has words in the app and at the command line. */
export const PARCEL_REFUSALS = [
  'not-a-parcel',
  'newer',
  'damaged',
  'too-large',
  'foreign',
  'unknown-device',
  'forged',
  'lost-device'
] as const;

const refusal = v.picklist(PARCEL_REFUSALS);
const time = v.pipe(v.string(), v.isoTimestamp());

/**
 * `POST /api/parcels` with the parcel as `application/octet-stream`: what became of it. `again`: it had arrived before.
 * `unmerged`: so many of its edits the database would not store. `reply`: its author asks for news, which whoever brought
 * it may fetch from `POST /api/parcels/reply` with the same parcel (204: there is none after all), and how her number
 * begins.
 */
export const deliveryAnswer = v.variant('state', [
  v.object({
    state: v.literal('arrived'),
    at: time,
    again: v.boolean(),
    unmerged: v.number(),
    reply: v.optional(v.pipe(v.string(), v.length(NUMBER_START)))
  }),
  v.object({ state: v.literal('refused'), reason: refusal })
]);

/** `GET /api/parcels/<number>`: whether a parcel has arrived. */
export const statusAnswer = v.variant('state', [
  v.object({ state: v.literal('unknown') }),
  v.object({ state: v.literal('arrived'), at: time, unmerged: v.number() }),
  v.object({ state: v.literal('refused'), at: time, reason: refusal })
]);

export type ParcelRefusal = (typeof PARCEL_REFUSALS)[number];
export type DeliveryAnswer = v.InferOutput<typeof deliveryAnswer>;
export type StatusAnswer = v.InferOutput<typeof statusAnswer>;
