import type { Context } from './context';
import type { FileRow } from './db';

/** A file of the person's own that the server does not have yet. */
export interface UnsentFile {
  sha256: string;
  size: number;
}

type Facts = UnsentFile;

async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = await Promise.resolve(crypto.subtle.digest('SHA-256', bytes));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** `Store.keepFile`. */
export async function keepFile({ db, codec }: Context, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const sha256 = await hashOf(bytes);
  const k = await codec.blind('file', sha256);
  const facts: Facts = { sha256, size: bytes.length };
  const [m, v] = await Promise.all([codec.seal('files', k, facts), codec.sealBytes('files', `${k}|bytes`, bytes)]);
  await db.transaction('rw', db.files, async () => {
    if (!(await db.files.where('k').equals(k).count())) await db.files.put({ k, s: 0, m, v });
  });
  return sha256;
}

/** `Store.file`. */
export async function file({ db, codec }: Context, sha256: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const k = await codec.blind('file', sha256);
  const row = await db.files.get(k);
  return row && codec.openBytes('files', `${k}|bytes`, row.v);
}

/** `Store.unsentFiles`. */
export async function unsentFiles({ db, codec }: Context): Promise<UnsentFile[]> {
  const rows: FileRow[] = await db.files.where('s').equals(0).toArray();
  return Promise.all(rows.map(({ k, m }) => codec.open<Facts>('files', k, m)));
}

/** `Store.markFile`. */
export async function markFile({ db, codec }: Context, sha256: string, sent: boolean): Promise<void> {
  await db.files.update(await codec.blind('file', sha256), { s: sent ? 1 : 0 });
}

/** `Store.removeFile`. */
export async function removeFile({ db, codec }: Context, sha256: string): Promise<void> {
  await db.files.delete(await codec.blind('file', sha256));
}
