import * as v from 'valibot';

/** Fewest characters of a password that is all that somebody shows (NIST SP 800-63B-4, 3.1.1.2). */
export const PASSWORD_LENGTH = 15;

/** Why a new password is not accepted: too short, among those that are tried first, or made of what all know of her. */
export const PASSWORD_FAULTS = ['password-short', 'password-common', 'password-known'] as const;
export type PasswordFault = (typeof PASSWORD_FAULTS)[number];

/** Every character counts as one, whatever it is made of. */
export const isLongEnough = (password: string): boolean => [...password.normalize('NFKC')].length >= PASSWORD_LENGTH;

export const newPassword = v.pipe(v.string(), v.maxLength(500));

/**
 * `POST /api/password`: changes the password of who asks; `endOthers` ends all her sessions but the asking one. Answers
 * 204, 403 `wrong-credentials` when the present one is wrong, 422 with a `PasswordFault`, or 429.
 */
export const changePasswordRequest = v.object({
  current: v.pipe(v.string(), v.maxLength(500)),
  next: newPassword,
  endOthers: v.boolean()
});

export type ChangePasswordRequest = v.InferOutput<typeof changePasswordRequest>;
