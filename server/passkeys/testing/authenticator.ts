import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import type { NewPasskey, PasskeySignIn } from '../../../src/lib/domain/passkeys.ts';
import { cbor, type Bytes } from './cbor.ts';

const sha256 = (bytes: Uint8Array | string): Bytes => new Uint8Array(createHash('sha256').update(bytes).digest());
const join = (...parts: Iterable<number>[]): Bytes => Uint8Array.from(parts.flatMap((part) => [...part]));
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

/** What somebody does otherwise than the server asks. */
export interface Tricks {
  origin?: string;
  rpId?: string;
  challenge?: string;
  type?: string;
  counter?: number;
  /** Flags of the authenticator data; present, verified and backed up by default. */
  flags?: number;
  /** Signs with this key instead of the credential's. */
  key?: KeyObject;
  userHandle?: string;
  /** Instead of the attestation `none`. */
  attestation?: { fmt: string; attStmt: Map<string, Bytes> };
}

const PRESENT_AND_VERIFIED = 0b0000_0101;
const ATTESTED = 0b0100_0000;

/** An authenticator with a browser around it, in software: one passkey (P-256) that counts. */
export function softAuthenticator(origin: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = new Uint8Array(randomBytes(32));
  let counter = 0;
  let owner = '';

  const clientData = (type: string, challenge: string, tricks: Tricks): Bytes =>
    new TextEncoder().encode(
      JSON.stringify({
        type: tricks.type ?? type,
        challenge: tricks.challenge ?? challenge,
        origin: tricks.origin ?? origin,
        crossOrigin: false
      })
    );

  const authenticatorData = (rpId: string, flags: number, tricks: Tricks, more: Bytes): Bytes => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(tricks.counter ?? counter);
    return join(sha256(tricks.rpId ?? rpId), Uint8Array.of(flags), count, more);
  };

  const coseKey = (): Bytes => {
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    const entries: [number, number | Bytes][] = [
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, join(Buffer.from(x, 'base64url'))],
      [-3, join(Buffer.from(y, 'base64url'))]
    ];
    return cbor(new Map(entries));
  };

  return {
    id: text(id),

    /** Makes the passkey for what `POST /api/passkeys/options` answered. */
    create(options: { challenge: string; rp: { id?: string }; user: { id: string } }, tricks: Tricks = {}): NewPasskey {
      owner = options.user.id;
      const length = Uint8Array.of(id.length >> 8, id.length & 255);
      const attested = join(new Uint8Array(16), length, id, coseKey());
      const flags = (tricks.flags ?? PRESENT_AND_VERIFIED) | ATTESTED;
      const authData = authenticatorData(options.rp.id ?? '', flags, tricks, attested);
      const { fmt, attStmt } = tricks.attestation ?? { fmt: 'none', attStmt: new Map<string, Bytes>() };
      const attestation = new Map<string, string | Bytes | Map<string, Bytes>>([
        ['fmt', fmt],
        ['attStmt', attStmt],
        ['authData', authData]
      ]);
      return {
        id: text(id),
        rawId: text(id),
        type: 'public-key',
        response: {
          clientDataJSON: text(clientData('webauthn.create', options.challenge, tricks)),
          attestationObject: text(cbor(attestation)),
          transports: ['internal']
        }
      };
    },

    /** Signs for what `POST /api/passkeys/sign-in/options` answered. */
    get(options: { challenge: string; rpId?: string }, tricks: Tricks = {}): PasskeySignIn {
      counter += 1;
      const client = clientData('webauthn.get', options.challenge, tricks);
      const flags = tricks.flags ?? PRESENT_AND_VERIFIED;
      const data = authenticatorData(options.rpId ?? '', flags, tricks, new Uint8Array());
      const signature = join(sign('sha256', join(data, sha256(client)), tricks.key ?? privateKey));
      return {
        id: text(id),
        rawId: text(id),
        type: 'public-key',
        response: {
          clientDataJSON: text(client),
          authenticatorData: text(data),
          signature: text(signature),
          userHandle: tricks.userHandle ?? owner
        }
      };
    }
  };
}
