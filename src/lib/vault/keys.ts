import { VaultLocked, type OpenVault, type Slot } from './types';

const IV_BYTES = 12;
const BLIND_BYTES = 16;
const text = new TextEncoder();

/** How a key for one use follows from a secret. */
export const subkey = (use: string) => ({
  name: 'HKDF',
  hash: 'SHA-256',
  salt: new Uint8Array(0),
  info: text.encode(`smartasn ${use} v1`)
});

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** Encrypts with AES-256-GCM: a random 12-byte IV, then ciphertext and tag. */
export async function encrypt(key: CryptoKey, plain: Uint8Array<ArrayBuffer>, context: string) {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const body = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: text.encode(context) }, key, plain);
  const sealed = new Uint8Array(IV_BYTES + body.byteLength);
  sealed.set(iv);
  sealed.set(new Uint8Array(body), IV_BYTES);
  return sealed;
}

/** The reverse of `encrypt`; rejects with an `OperationError` when anything was altered. */
export async function decrypt(key: CryptoKey, sealed: Uint8Array<ArrayBuffer>, context: string) {
  const iv = sealed.subarray(0, IV_BYTES);
  const algorithm = { name: 'AES-GCM', iv, additionalData: text.encode(context) };
  return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, sealed.subarray(IV_BYTES)));
}

/**
 * Opens a vault on its data key. Values and blind indexes get keys of their own (HKDF), which cannot be read out of the
 * browser's key objects and are never stored: Chromium writes the bytes of stored keys to the disk.
 */
export async function vaultOn(slot: Slot, dataKey: Uint8Array<ArrayBuffer>): Promise<OpenVault> {
  const root = await crypto.subtle.importKey('raw', dataKey, 'HKDF', false, ['deriveKey']);
  const aes = { name: 'AES-GCM', length: 256 };
  const hmac = { name: 'HMAC', hash: 'SHA-256', length: 256 };
  const listeners = new Set<() => void>();
  let keys: { values: CryptoKey; blinds: CryptoKey } | undefined = {
    values: await crypto.subtle.deriveKey(subkey('values'), root, aes, false, ['encrypt', 'decrypt']),
    blinds: await crypto.subtle.deriveKey(subkey('blind indexes'), root, hmac, false, ['sign'])
  };
  const open = () => {
    if (!keys) throw new VaultLocked('the vault is locked');
    return keys;
  };
  return {
    slot,
    seal: async (plain, context) => encrypt(open().values, plain, context),
    unseal: async (sealed, context) => decrypt(open().values, sealed, context),
    async blind(value) {
      const hash = await crypto.subtle.sign('HMAC', open().blinds, text.encode(value));
      return base64url(new Uint8Array(hash, 0, BLIND_BYTES));
    },
    lock() {
      keys = undefined;
      for (const listener of [...listeners]) listener();
      listeners.clear();
    },
    onLock(listener) {
      if (keys) listeners.add(listener);
      else listener();
      return () => listeners.delete(listener);
    }
  };
}
