import * as v from 'valibot';
import { uuid } from './documents/fields.ts';
import { enrolment, factorCode } from './factor.ts';
import { kioskProof } from './kiosk.ts';

/** Bodies of the gateway's JSON routes, validated on both sides; fields that only a newer app knows are passed over. */

/**
 * `POST /api/session`: signs in. Answers `sessionGrant`, 401 `wrong-credentials`, or 429 with `retryAfter` seconds. Where
 * the account has a second factor: 401 `code-needed`, `wrong-factor` or `clock-wrong` (`clock` says how many seconds the
 * clock of her codes is ahead). Where it must have one and has none: 401 `factor-required` with an `enrolment`, whose
 * `ticket` comes back with the first code, or 401 `ticket-over` when that took hours.
 */
export const signInRequest = v.object({
  account: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200)),
  password: v.pipe(v.string(), v.minLength(1), v.maxLength(500)),
  /** Of the second factor. */
  code: v.optional(factorCode),
  ticket: v.optional(v.pipe(v.string(), v.maxLength(2_000))),
  /** Where a kiosk asks; its sessions are short. */
  kiosk: v.optional(kioskProof)
});

/** Tokens of one device. `access` is a JWT for 15 minutes; `refresh` is opaque and lives 90 days from its last use. */
export const sessionGrant = v.object({
  person: uuid,
  access: v.string(),
  accessExpiresAt: v.pipe(v.string(), v.isoTimestamp()),
  refresh: v.string(),
  now: v.pipe(v.string(), v.isoTimestamp()),
  /** Recovery codes of a second factor that was switched on with this sign-in; shown this once. */
  recovery: v.optional(v.array(v.string()))
});

/** `POST /api/session/refresh`: a new `sessionGrant` with the same refresh token, or 401 `session-ended`. */
export const refreshRequest = v.object({ refresh: v.string() });

/**
 * Code of the 403 that answers `POST /api/session/refresh` of a device that was reported lost; its access tokens are
 * refused with 401, as those of every ended session are. The app then destroys the person's place on that device, key
 * first, and says that it has with `DELETE /api/session` and the same refresh token.
 */
export const DEVICE_LOST = 'device-lost';

const time = v.pipe(v.string(), v.isoTimestamp());

/**
 * `GET /api/devices`: where this person is signed in. `browser` and `system` are missing where they were not recognised;
 * `usedAt` may be some hours old; `lostAt` is when the device was reported lost, `toldAt` when it came and was told,
 * `destroyedAt` when it said that the place is gone.
 * `DELETE /api/devices` ends all but the asking one, `DELETE /api/devices/<id>` one; `POST /api/devices/<id>/lost`
 * reports one lost. Each of them takes effect at once.
 */
export const deviceList = v.object({
  devices: v.array(
    v.object({
      id: uuid,
      current: v.boolean(),
      browser: v.optional(v.string()),
      system: v.optional(v.string()),
      /** Name of the kiosk, where it is one. */
      kiosk: v.optional(v.string()),
      createdAt: time,
      usedAt: time,
      lostAt: v.optional(time),
      toldAt: v.optional(time),
      destroyedAt: v.optional(time)
    })
  )
});

/** Every error answer of the gateway. `code` is stable and has words in the app; `message` is for operators. */
export const apiError = v.object({
  code: v.string(),
  message: v.string(),
  retryAfter: v.optional(v.number()),
  clock: v.optional(v.number()),
  enrolment: v.optional(enrolment)
});

export type SessionGrant = v.InferOutput<typeof sessionGrant>;
export type SignInRequest = v.InferOutput<typeof signInRequest>;
export type DeviceList = v.InferOutput<typeof deviceList>;
export type Device = DeviceList['devices'][number];
export type ApiError = v.InferOutput<typeof apiError>;
