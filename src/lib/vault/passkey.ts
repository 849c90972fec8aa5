import { decrypt, encrypt, subkey } from './keys';
import { PasskeyRefused, type SlotPasskey } from './types';

type Bytes = Uint8Array<ArrayBuffer>;

/** The data key sealed a second time, beside the wrap of the PIN, by what a passkey answers to the salt (WebAuthn `prf`). */
export interface PasskeyWrap extends SlotPasskey {
  wrapped: Bytes;
}

/** What the lock screen needs of it. */
export const shownOf = ({ credential, salt, transports }: PasskeyWrap): SlotPasskey => ({
  credential,
  salt,
  ...(transports && { transports })
});

const contextOf = (slotId: string): string => `data key of ${slotId}, by passkey`;

async function keyFrom(answer: Bytes, use: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
  const root = await crypto.subtle.importKey('raw', answer, 'HKDF', false, ['deriveKey']);
  return crypto.subtle.deriveKey(subkey('passkey wrap'), root, { name: 'AES-GCM', length: 256 }, false, [use]);
}

/** @param answer 32 bytes that nothing but the passkey gives for this salt */
export async function wrapByPasskey(
  slotId: string,
  dataKey: Bytes,
  passkey: SlotPasskey,
  answer: Bytes
): Promise<PasskeyWrap> {
  return { ...passkey, wrapped: await encrypt(await keyFrom(answer, 'encrypt'), dataKey, contextOf(slotId)) };
}

/** @throws PasskeyRefused when the answer is another passkey's, or to another salt */
export async function unwrapByPasskey(slotId: string, { wrapped }: PasskeyWrap, answer: Bytes): Promise<Bytes> {
  return decrypt(await keyFrom(answer, 'decrypt'), wrapped, contextOf(slotId)).catch(() => {
    throw new PasskeyRefused('this passkey does not open the place');
  });
}
