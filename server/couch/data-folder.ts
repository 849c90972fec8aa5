import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createFile } from '../create-file.ts';

/** The files of `<data>/couch/`: passwords and where the embedded database listens. Readable by their owner only. */

export interface Credentials {
  name: string;
  password: string;
}

/** Where a running embedded database is found. `uuid` is what its `GET /` says. */
export interface Announcement {
  pid: number;
  port: number;
  uuid: string;
}

export type ServiceUser = 'courier' | 'gateway';

const MODE = 0o600;

const isMissing = (fault: unknown): boolean => (fault as NodeJS.ErrnoException).code === 'ENOENT';

async function read<T>(file: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T;
  } catch (fault) {
    if (isMissing(fault)) return undefined;
    throw fault;
  }
}

/** Reads the file, or writes what `make` returns; of two processes at once both get what the first one wrote. */
async function readOrMake<T>(folder: string, name: string, make: () => T): Promise<T> {
  const file = path.join(folder, name);
  const known = await read<T>(file);
  if (known !== undefined) return known;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await createFile(file, JSON.stringify(make()));
  const made = await read<T>(file);
  if (made === undefined) throw new Error(`${file} cannot be read.`);
  return made;
}

const secret = (): string => randomBytes(24).toString('base64url');

/** The administrator of the embedded database. */
export const readAdmin = (folder: string): Promise<Credentials> =>
  readOrMake(folder, 'admin.json', () => ({ name: 'admin', password: secret() }));

/** Passwords of the two users that the server speaks as. */
export const readServiceUsers = (folder: string): Promise<Record<ServiceUser, string>> =>
  readOrMake(folder, 'users.json', () => ({ courier: secret(), gateway: secret() }));

/** Says where the embedded database listens. The file stays after its end: the next one takes the same port. */
export async function announce(folder: string, announcement: Announcement): Promise<void> {
  const temporary = path.join(folder, `server.json.${process.pid}`);
  await writeFile(temporary, JSON.stringify(announcement), { mode: MODE });
  await rename(temporary, path.join(folder, 'server.json'));
}

/** Whether the database that an announcement speaks of answers now. */
export async function answers({ port, uuid }: Announcement): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}`, { signal: AbortSignal.timeout(2_000) });
    return ((await response.json()) as { uuid?: string }).uuid === uuid;
  } catch {
    return false;
  }
}

/** Where an embedded database listens or has listened; undefined when there never was one or the file is damaged. */
export const readAnnouncement = (folder: string): Promise<Announcement | undefined> =>
  read<Announcement>(path.join(folder, 'server.json')).catch(() => undefined);
