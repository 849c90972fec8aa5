import * as v from 'valibot';

/** What the server tells anybody about its certificates; devices keep the first of them to check without a signal. */

const time = v.pipe(v.string(), v.isoTimestamp());

/** A public key of the issuer: P-256 for ES256, which every browser can check. */
export const issuerKey = v.object({
  id: v.pipe(v.string(), v.regex(/^[\w-]{8,64}$/)),
  jwk: v.object({ kty: v.literal('EC'), crv: v.literal('P-256'), x: v.string(), y: v.string() }),
  from: time
});

/** `GET /api/issuer`: who signs, all keys with which it ever did, and every certificate that it took back. */
export const issuerAnswer = v.object({
  id: v.string(),
  name: v.string(),
  url: v.optional(v.string()),
  keys: v.array(issuerKey),
  /** Random UUIDs of the credentials. */
  revoked: v.array(v.object({ id: v.string(), at: time })),
  now: time
});

/** `GET /api/certificates/<number or UUID>`: never to whom it was given. */
export const certificateStatus = v.variant('state', [
  v.object({ state: v.literal('valid'), title: v.string(), issuedAt: time, now: time }),
  v.object({ state: v.literal('revoked'), title: v.string(), issuedAt: time, revokedAt: time, now: time }),
  v.object({ state: v.literal('unknown'), now: time })
]);

export type IssuerKey = v.InferOutput<typeof issuerKey>;
export type IssuerAnswer = v.InferOutput<typeof issuerAnswer>;
export type CertificateStatus = v.InferOutput<typeof certificateStatus>;
