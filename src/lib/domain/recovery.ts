import * as v from 'valibot';
import { inGroups, readTyped } from './crockford.ts';
import { uuid } from './documents/fields.ts';
import { proveRequest } from './factor.ts';
import { kioskProof } from './kiosk.ts';
import { newPassword } from './password.ts';

/** Bodies of the routes under `/api/recovery`, validated on both sides. */

/** Characters (5 bits each) of the code that lets a person choose a new password; it lives for a day and works once. */
export const RECOVERY_CODE = 12;

/** A code as people read it. */
export const formatRecovery = (code: string): string => inGroups(code, 4);

/** How the one who helps made sure who asks for help. */
export const CHECKS = ['card', 'meeting', 'call'] as const;
export type Check = (typeof CHECKS)[number];

/**
 * `POST /api/recovery` by an officer or an administrator, who shows her own password and, where it is on, a code: a code
 * for a colleague, of which nobody but these two learns.
 * Answers `recoveryCode`, 403 `not-yours` when somebody else has to help, or 404 `no-account`.
 */
export const giveRecoveryRequest = v.object({ ...proveRequest.entries, person: uuid, checked: v.picklist(CHECKS) });

export const recoveryCode = v.object({
  code: v.string(),
  expiresAt: v.pipe(v.string(), v.isoTimestamp())
});

/**
 * `POST /api/recovery/session` by the person with the code: sets her password, ends her sessions and lets her in.
 * Answers `sessionGrant`, 401 `wrong-code`, 422 with a `PasswordFault` (the code stays good), or 429. Her second factor is
 * gone as well; where she must have one, 401 `factor-required` with an `enrolment`, which goes on at `POST /api/session`
 * with the new password.
 */
export const recoverRequest = v.object({
  account: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200)),
  code: v.pipe(v.string(), v.maxLength(60), v.transform(readTyped)),
  password: newPassword,
  /** Where a kiosk asks; its sessions are short. */
  kiosk: v.optional(kioskProof)
});

export type GiveRecovery = v.InferOutput<typeof giveRecoveryRequest>;
export type RecoverRequest = v.InferInput<typeof recoverRequest>;
export type RecoveryCode = v.InferOutput<typeof recoveryCode>;
