import type { Transport } from '$lib/domain/passkeys';

/**
 * A person's place on this browser. Nothing in it says who she is, unless she wants her name to stand there: the label
 * is drawn from the random id, and the lock screen shows it so that several people can tell their places apart.
 */
export interface Slot {
  id: string;
  createdAt: number;
  /** Index of a colour and of a bird; the interface turns them into words and a picture. */
  label: { colour: number; bird: number };
  /** Earliest time (ms) of the next try after wrong PINs; 0 when a try is free. */
  retryAt: number;
  /** When its owner opened it last, ms by the device's clock. */
  openedAt: number;
  /** Its key was never written: it ends with this page. */
  guest?: true;
  /** So long after that it destroys itself, ms; a month where nothing is said. */
  life?: number;
  /** Opens it beside the PIN; only when she switched that on. */
  passkey?: SlotPasskey;
  /** Her name, which anybody at this browser can read; only when she allowed it. */
  name?: string;
}

/** A passkey that opens a place, and what it is asked; neither is secret, and neither says who she is. */
export interface SlotPasskey {
  /** The credential's id. */
  credential: Uint8Array<ArrayBuffer>;
  /** 32 random bytes of this place; what the passkey answers to them is its key. */
  salt: Uint8Array<ArrayBuffer>;
  /** What its authenticator is reached by, so that the browser asks for nothing else. */
  transports?: Transport[];
}

/** An unlocked slot: the only holder of the data key, which lives in memory. */
export interface OpenVault {
  slot: Slot;
  /** AES-256-GCM: 12-byte IV, then ciphertext and tag. `context` is authenticated, so a value cannot be moved. */
  seal(plain: Uint8Array<ArrayBuffer>, context: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Throws when the value was altered, moved or sealed by another key. */
  unseal(sealed: Uint8Array<ArrayBuffer>, context: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Keyed hash for index fields that must be found by equality but not be read. 16 bytes, base64url. */
  blind(value: string): Promise<string>;
  /** Forgets the key; every later call rejects with `VaultLocked`. */
  lock(): void;
  /** Calls back once when the key is forgotten (at once when it already is); returns the way to cancel. */
  onLock(listener: () => void): () => void;
}

/** The vault was locked: its key is no longer in memory. */
export class VaultLocked extends Error {}

/** A newer build of the app has changed what is kept on this browser: the page has to be loaded again. */
export class NewerBuild extends Error {}

/** The PIN was wrong, or it is too early to try again; `retryAt` is in ms since 1970. */
export class PinRefused extends Error {
  readonly reason: 'wrong' | 'too-soon';
  readonly retryAt: number;

  constructor(reason: 'wrong' | 'too-soon', retryAt: number) {
    super(`PIN refused: ${reason}`);
    this.reason = reason;
    this.retryAt = retryAt;
  }
}

/** What the passkey answered does not open the place, or no passkey does. */
export class PasskeyRefused extends Error {}
