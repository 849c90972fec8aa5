import * as v from 'valibot';
import { line, sha256 } from './documents/fields.ts';

/** Bodies of the routes under `/api/passkeys`, validated on both sides. Bytes are base64url. */

const bytes = (characters: number) => v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/), v.maxLength(characters));

/** A credential's id has at most 1,023 bytes. */
const credentialId = bytes(1_364);

const TRANSPORTS = ['ble', 'hybrid', 'internal', 'nfc', 'usb'] as const;

/** What an authenticator is reached by; words of newer browsers are passed over. */
const transports = v.pipe(
  v.array(v.string()),
  v.transform((names) => TRANSPORTS.filter((one) => names.includes(one)))
);

const descriptor = v.object({ id: credentialId, type: v.literal('public-key'), transports: v.optional(transports) });

/**
 * `POST /api/passkeys/options` with a `proveRequest` (domain/factor.ts): what the browser makes a passkey by. 503 `no-passkeys` where the
 * server does not know its public address.
 */
export const creationOptions = v.object({
  rp: v.object({ id: v.string(), name: v.string() }),
  user: v.object({ id: bytes(88), name: v.string(), displayName: v.string() }),
  challenge: bytes(4_096),
  pubKeyCredParams: v.array(v.object({ alg: v.number(), type: v.literal('public-key') })),
  timeout: v.number(),
  attestation: v.literal('none'),
  excludeCredentials: v.array(descriptor),
  authenticatorSelection: v.object({
    residentKey: v.literal('required'),
    requireResidentKey: v.literal(true),
    userVerification: v.literal('required')
  })
});

/** `POST /api/passkeys/sign-in/options` by anybody: what the browser asks for a passkey by, whosever it is. */
export const requestOptions = v.object({
  rpId: v.string(),
  challenge: bytes(4_096),
  timeout: v.number(),
  userVerification: v.literal('required')
});

/** `POST /api/passkeys`: what the browser made. Answers `passkey`; 400 `wrong-passkey`, 409 `too-many-passkeys`. */
export const newPasskey = v.object({
  id: credentialId,
  rawId: credentialId,
  type: v.literal('public-key'),
  response: v.object({
    clientDataJSON: bytes(4_096),
    attestationObject: bytes(12_288),
    transports: v.optional(transports)
  })
});

/**
 * `POST /api/passkeys/sign-in`: `sessionGrant`, or 401 `wrong-passkey`. Results of extensions are not in it: what `prf`
 * gives opens a place on the device and is nobody else's business.
 */
export const passkeySignIn = v.object({
  id: credentialId,
  rawId: credentialId,
  type: v.literal('public-key'),
  response: v.object({
    clientDataJSON: bytes(4_096),
    authenticatorData: bytes(4_096),
    signature: bytes(2_048),
    userHandle: bytes(88)
  })
});

const time = v.pipe(v.string(), v.isoTimestamp());

export const passkey = v.object({
  id: sha256,
  /** The id by which an authenticator knows it. */
  credential: credentialId,
  transports: v.optional(transports),
  /** What its owner calls it. */
  name: v.optional(v.string()),
  /** Where it was made, as far as that was recognised. */
  browser: v.optional(v.string()),
  system: v.optional(v.string()),
  /** Whether its maker keeps it on several devices of the person. */
  synced: v.boolean(),
  createdAt: time,
  usedAt: v.optional(time)
});

/** `GET /api/passkeys`, newest first. `DELETE /api/passkeys/<id>` removes one, at once. */
export const passkeyList = v.object({ passkeys: v.array(passkey) });

/** `PUT /api/passkeys/<id>` */
export const renamePasskey = v.object({ name: v.pipe(v.string(), v.trim(), line(60)) });

export type Transport = (typeof TRANSPORTS)[number];
export type NewPasskey = v.InferOutput<typeof newPasskey>;
export type PasskeySignIn = v.InferOutput<typeof passkeySignIn>;
export type Passkey = v.InferOutput<typeof passkey>;
