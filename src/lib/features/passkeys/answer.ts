import type { Passkey } from '$lib/domain/passkeys';
import type { SlotPasskey } from '$lib/vault/types';

type Bytes = Uint8Array<ArrayBuffer>;

const SALT_BYTES = 32;
const PATIENCE = 5 * 60_000;
const random = (size: number): Bytes => crypto.getRandomValues(new Uint8Array(size));

/** The passkey works, but its authenticator or the browser does not answer to salts (WebAuthn `prf`). */
export class NoAnswer extends Error {}

const bytesOf = (source: BufferSource): Bytes =>
  source instanceof ArrayBuffer
    ? new Uint8Array(source.slice(0))
    : Uint8Array.from(new Uint8Array(source.buffer, source.byteOffset, source.byteLength));

/**
 * What one of these passkeys answers to the salt: nobody knows it who does not have the passkey and its finger, face or
 * PIN. Needs no server: nothing is proved to anybody, so the challenge is thrown away and the signature with it.
 * @throws NoAnswer, and what the browser says when no passkey was used
 */
async function answerOf(
  passkeys: PublicKeyCredentialDescriptor[],
  salt: Bytes,
  signal?: AbortSignal
): Promise<{ credential: Bytes; answer: Bytes }> {
  const used = await navigator.credentials.get({
    signal,
    publicKey: {
      challenge: random(SALT_BYTES),
      allowCredentials: passkeys,
      userVerification: 'required',
      timeout: PATIENCE,
      extensions: { prf: { eval: { first: salt } } }
    }
  });
  if (!(used instanceof PublicKeyCredential)) throw new DOMException('no passkey was used', 'NotAllowedError');
  const first = used.getClientExtensionResults().prf?.results?.first;
  if (!first) throw new NoAnswer('the authenticator does not answer to salts');
  return { credential: bytesOf(used.rawId), answer: bytesOf(first) };
}

/** What the passkey of a place answers. @throws NoAnswer, and what the browser says */
export async function answerFor({ credential, salt, transports }: SlotPasskey, signal: AbortSignal): Promise<Bytes> {
  return (await answerOf([{ id: credential, type: 'public-key', transports }], salt, signal)).answer;
}

/** A new salt, and what one of the person's passkeys answers to it. @throws NoAnswer, and what the browser says */
export async function newAnswer(passkeys: Passkey[]): Promise<{ passkey: SlotPasskey; answer: Bytes }> {
  const { fromBase64url, toBase64url } = await import('$lib/domain/parcel/base64url');
  const salt = random(SALT_BYTES);
  const known = passkeys.map(({ credential, transports }) => ({
    id: fromBase64url(credential),
    type: 'public-key' as const,
    transports
  }));
  const { credential, answer } = await answerOf(known, salt);
  const used = passkeys.find((one) => one.credential === toBase64url(credential));
  return { passkey: { credential, salt, transports: used?.transports }, answer };
}
