import { appendFile, mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/** A part that nobody went on with for so long is given up, ms. */
const STALE = 14 * 86_400_000;

/** Files of one person that may be on their way at a time. */
const MOST = 4;

export interface Parts {
  /** How much of the file is here. */
  received(person: string, sha256: string): Promise<number>;
  /** Adds what follows after `at`; answers how much is here then, which is not more when `at` is not its end. */
  append(person: string, sha256: string, at: number, piece: Uint8Array): Promise<number>;
  read(person: string, sha256: string): Promise<Uint8Array>;
  drop(person: string, sha256: string): Promise<void>;
}

/** Files on their way, below `folder`: one that is cut off goes on where it stopped. */
export async function openParts(folder: string): Promise<Parts> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const placeOf = (person: string, sha256: string): string => path.join(folder, `${person}.${sha256}`);
  const turns = new Map<string, Promise<unknown>>();

  const sizeOf = async (file: string): Promise<number> => (await stat(file).catch(() => undefined))?.size ?? 0;

  /** One after another for a person: pieces of two tabs must not mix. */
  function inTurn<T>(person: string, work: () => Promise<T>): Promise<T> {
    const done = (turns.get(person) ?? Promise.resolve()).then(work, work);
    const settled: Promise<unknown> = done
      .catch(() => undefined)
      .then(() => turns.get(person) === settled && turns.delete(person));
    turns.set(person, settled);
    return done;
  }

  /** Makes room for one more file of this person, and forgets what was given up. */
  async function makeRoom(person: string): Promise<void> {
    const found = await Promise.all(
      (await readdir(folder)).map(async (name) => ({
        name,
        at: (await stat(path.join(folder, name)).catch(() => undefined))?.mtimeMs ?? 0
      }))
    );
    const stale = found.filter(({ at }) => Date.now() - at > STALE);
    const hers = found.filter(({ name }) => name.startsWith(`${person}.`)).sort((a, b) => b.at - a.at);
    for (const { name } of [...stale, ...hers.slice(MOST - 1)]) await rm(path.join(folder, name), { force: true });
  }

  return {
    received: (person, sha256) => sizeOf(placeOf(person, sha256)),
    append: (person, sha256, at, piece) =>
      inTurn(person, async () => {
        const file = placeOf(person, sha256);
        const size = await sizeOf(file);
        if (size !== at) return size;
        if (at === 0) await makeRoom(person);
        await appendFile(file, piece, { mode: 0o600 });
        // What is acknowledged is not sent again.
        const handle = await open(file, 'r+');
        await handle.sync().finally(() => handle.close());
        return at + piece.length;
      }),
    read: async (person, sha256) => new Uint8Array(await readFile(placeOf(person, sha256))),
    drop: (person, sha256) => inTurn(person, () => rm(placeOf(person, sha256), { force: true }))
  };
}
