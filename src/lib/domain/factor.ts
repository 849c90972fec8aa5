import * as v from 'valibot';
import { timestamp } from './documents/fields.ts';

/** The second factor of an account: codes of an authenticator app (RFC 6238), and codes on paper for when it is lost. */

/** What an authenticator app needs; `ticket` brings the secret back to the server with the first code. */
export const enrolment = v.object({ secret: v.string(), uri: v.string(), ticket: v.string() });

/** `GET /api/factor`. `left` is how many recovery codes have not been used; `required` says that it cannot be switched off. */
export const factorState = v.object({
  on: v.boolean(),
  since: v.optional(timestamp),
  left: v.optional(v.number()),
  required: v.boolean()
});

/** A code of the app or a recovery code, as somebody typed it. */
export const factorCode = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(40));

/**
 * `POST /api/factor/enrolment` answers an `enrolment`; `POST /api/factor/codes` answers new `recoveryCodes`;
 * `DELETE /api/factor` switches off. The code is asked for where the factor is on already.
 */
export const proveRequest = v.object({
  password: v.pipe(v.string(), v.minLength(1), v.maxLength(500)),
  code: v.optional(factorCode)
});

/** `POST /api/factor`: switches on with the first code of the app; answers `recoveryCodes`. */
export const confirmRequest = v.object({ ticket: v.pipe(v.string(), v.maxLength(2_000)), code: factorCode });

/** Each of them lets in once instead of the app; shown this once. */
export const recoveryCodes = v.object({ recovery: v.array(v.string()) });

export type ProveRequest = v.InferOutput<typeof proveRequest>;
export type Enrolment = v.InferOutput<typeof enrolment>;
export type FactorState = v.InferOutput<typeof factorState>;
export type RecoveryCodes = v.InferOutput<typeof recoveryCodes>;
