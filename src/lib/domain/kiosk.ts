import * as v from 'valibot';
import { ALPHABET, inGroups, readTyped } from './crockford.ts';
import { uuid } from './documents/fields.ts';

/** Bodies of the routes under `/api/kiosk`, validated on both sides. */

/** Characters (5 bits each) of the code that makes a browser a kiosk; it lives for a day and works once. */
export const ENROL_CODE = 12;

/** Characters of the code that lets a person in at a kiosk; it lives for three minutes and works once. */
export const HAND_OFF_CODE = 8;

const GROUP = 4;

/** A code as people read it. */
export const formatCode = (code: string): string => inGroups(code, GROUP);

const MARK = 'ASNK:';

/** The QR code beside the letters on the person's phone; in capitals, which it holds more densely. */
export const handOffText = (code: string): string => MARK + code;

/** The code that a QR code says; undefined when it says something else. */
export function readHandOff(text: string): string | undefined {
  const code = text.startsWith(MARK) ? readTyped(text.slice(MARK.length)) : '';
  return code.length === HAND_OFF_CODE && [...code].every((one) => ALPHABET.includes(one)) ? code : undefined;
}

const code = v.pipe(v.string(), v.maxLength(40), v.transform(readTyped), v.regex(/^[0-9A-Z]{1,20}$/));

/** What a kiosk shows that it is one. */
export const kioskProof = v.object({ kiosk: uuid, secret: v.pipe(v.string(), v.maxLength(100)) });

/** `POST /api/kiosk`: makes this browser the kiosk of a code. Answers `enrolled`, or 401 `wrong-code`. */
export const enrolRequest = v.object({ code });

export const enrolled = v.object({ ...kioskProof.entries, name: v.string() });

/** `POST /api/kiosk/check`: whether the office still has this kiosk; 204, or 401 `kiosk-ended`. */

/**
 * `POST /api/handoff` by a signed-in person: a code with which she is let in at a kiosk.
 * `POST /api/kiosk/session` by the kiosk where she types it: `sessionGrant`, 401 `wrong-code` or `kiosk-ended`.
 */
export const handOff = v.object({
  code: v.string(),
  expiresAt: v.pipe(v.string(), v.isoTimestamp()),
  now: v.pipe(v.string(), v.isoTimestamp())
});

export const handOffRequest = v.object({ ...kioskProof.entries, code });

export type KioskProof = v.InferOutput<typeof kioskProof>;
export type Enrolled = v.InferOutput<typeof enrolled>;
export type HandOff = v.InferOutput<typeof handOff>;
