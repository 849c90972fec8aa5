import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Longest that one recording may take to be made smaller. */
const PATIENCE_MS = 10 * 60_000;

let known: Promise<boolean> | undefined;

/** Whether this machine can make recordings smaller: `ffmpeg` is on its path. */
export const canTranscode = (): Promise<boolean> =>
  (known ??= run('ffmpeg', ['-version'], { timeout: 10_000 }).then(
    () => true,
    () => false
  ));

/**
 * A recording made anew by these arguments; undefined when it could not be. The program reads and writes files of a
 * folder of its own, and nothing by the network.
 */
export async function transcode(body: Uint8Array, args: string[], ending: string): Promise<Uint8Array | undefined> {
  const folder = await mkdtemp(path.join(tmpdir(), 'smartasn-smaller-'));
  const [source, target] = [path.join(folder, 'source'), path.join(folder, `target.${ending}`)];
  try {
    await writeFile(source, body);
    const safe = ['-nostdin', '-v', 'error', '-protocol_whitelist', 'file', '-i', source];
    await run('ffmpeg', [...safe, ...args, '-map_metadata', '-1', target], {
      timeout: PATIENCE_MS,
      maxBuffer: 1 << 20
    });
    return new Uint8Array(await readFile(target));
  } catch {
    return undefined;
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
