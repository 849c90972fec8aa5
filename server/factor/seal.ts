import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { createFile } from '../create-file.ts';

/** Seals small texts with a key that is not in the database: who copies the database has no secrets of anybody. */
export interface Seal {
  /** `about` is bound to what is sealed: it opens for nothing else. */
  seal(text: string, about: string): string;
  /** Undefined when it was not sealed with this key, or about something else. */
  open(sealed: string, about: string): string | undefined;
}

const FILE = 'keys/factor-aes256.key';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const CIPHER = 'aes-256-gcm';

export function makeSeal(key: Uint8Array): Seal {
  return {
    seal(text, about) {
      const iv = new Uint8Array(randomBytes(IV_BYTES));
      const cipher = createCipheriv(CIPHER, key, iv).setAAD(new TextEncoder().encode(about));
      const parts = [iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()];
      return Buffer.concat(parts.map((part) => new Uint8Array(part))).toString('base64url');
    },
    open(sealed, about) {
      const bytes = new Uint8Array(Buffer.from(sealed, 'base64url'));
      if (bytes.length < IV_BYTES + TAG_BYTES) return undefined;
      const opening = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
      opening.setAAD(new TextEncoder().encode(about)).setAuthTag(bytes.subarray(-TAG_BYTES));
      try {
        return opening.update(bytes.subarray(IV_BYTES, -TAG_BYTES), undefined, 'utf8') + opening.final('utf8');
      } catch {
        return undefined;
      }
    }
  };
}

/** The key in `<data>/keys` (mode 600), made on the first start. Without it nobody's second factor can be checked. */
export async function openSeal(data: string): Promise<Seal> {
  const file = path.join(data, FILE);
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await createFile(file, randomBytes(KEY_BYTES).toString('base64url'));
  await chmod(file, 0o600);
  const key = new Uint8Array(Buffer.from(await readFile(file, 'utf8'), 'base64url'));
  if (key.length !== KEY_BYTES) throw new Error(`The key ${file} is damaged; restore it from a backup.`);
  return makeSeal(key);
}
