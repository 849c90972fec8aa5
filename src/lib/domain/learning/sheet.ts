import * as v from 'valibot';
import { answers, SEALED_LIMIT, type Answers } from '../documents/attempt.ts';
import { sha256 } from '../documents/fields.ts';
import { fromBase64url, toBase64url } from '../parcel/base64url.ts';
import { concat, KEY_ID_BYTES, paddedLength, type Bytes } from '../parcel/layout.ts';
import { keyIdOf, suite } from '../parcel/suite.ts';

/**
 * The answers to an evaluation as only the server can read them, base64url: id of the server's key (8), HPKE
 * encapsulation (32), ciphertext. What they belong to is authenticated with them, so that they fit nowhere else.
 */
export interface SheetPlace {
  person: string;
  attempt: string;
  course: string;
  chapter: string;
}

export interface Sheet {
  /** SHA-256 of the file that was answered. */
  file: string;
  answers: Answers;
}

const sheet = v.object({ file: sha256, answers });

const ENCAPSULATION_BYTES = 32;
const INFO: Bytes = new TextEncoder().encode('smartasn answers v1');

/** JSON in an order of its own, whatever order the object has. */
const placeBytes = ({ person, attempt, course, chapter }: SheetPlace): Bytes =>
  new TextEncoder().encode(JSON.stringify([person, attempt, course, chapter]));

/** The answers are too long for any server. */
export class SheetTooLong extends Error {}

/**
 * Seals answers to the server's public key (base64url). Spaces at the end hide how long they are.
 * @throws SheetTooLong
 */
export async function sealSheet(content: Sheet, place: SheetPlace, serverKey: string): Promise<string> {
  const hpke = suite();
  const recipient = fromBase64url(serverKey);
  const recipientPublicKey = await hpke.kem.importKey('raw', recipient.buffer, true);
  const sender = await hpke.createSenderContext({ recipientPublicKey, info: INFO });
  const text = new TextEncoder().encode(JSON.stringify(content));
  const padded = new Uint8Array(paddedLength(text.length)).fill(0x20);
  padded.set(text);
  const ciphertext = new Uint8Array(await sender.seal(padded, placeBytes(place)));
  const sealed = toBase64url(concat(await keyIdOf(recipient), new Uint8Array(sender.enc), ciphertext));
  if (sealed.length > SEALED_LIMIT) throw new SheetTooLong('the answers are too long');
  return sealed;
}

/** Opens what `sealSheet` made for this place; undefined when it is damaged, of another place, or of another server. */
export async function openSheet(
  sealed: string,
  place: SheetPlace,
  keyOf: (id: Uint8Array) => Promise<CryptoKey | undefined>
): Promise<Sheet | undefined> {
  try {
    const bytes = fromBase64url(sealed);
    const from = KEY_ID_BYTES + ENCAPSULATION_BYTES;
    const recipientKey = await keyOf(bytes.slice(0, KEY_ID_BYTES));
    if (!recipientKey || bytes.length <= from) return undefined;
    const recipient = await suite().createRecipientContext({
      recipientKey,
      enc: bytes.slice(KEY_ID_BYTES, from),
      info: INFO
    });
    const plain = await recipient.open(bytes.slice(from), placeBytes(place));
    const read = v.safeParse(sheet, JSON.parse(new TextDecoder().decode(plain)));
    return read.success ? read.output : undefined;
  } catch {
    // Whoever made it, there is nothing in it that could be graded.
    return undefined;
  }
}
