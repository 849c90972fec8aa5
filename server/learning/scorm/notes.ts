import type { Removals } from '../removals.ts';
import type { PackageFiles } from './files.ts';

const TEXT = new Set(['text/html', 'application/xhtml+xml', 'text/javascript', 'text/css']);

/** Elements and calls that load something; links that a learner may follow are left out. */
const REMOTE =
  /(?:<(?:script|img|iframe|frame|video|audio|source|embed|link)\b[^>]*?\s(?:src|href)\s*=\s*["']?|url\(\s*["']?|\bfetch\(\s*["']|\.src\s*=\s*["'])((?:https?:)?\/\/[a-z0-9.-]+\.[a-z]{2,}[^"'\s)>]*)/gi;

/** Tells the publisher what of a package will not work: it stays in the files, and the sandbox does not let it out. */
export function noteUnplayable(files: PackageFiles, removals: Removals): void {
  for (const { path, type, sha256, size } of files.all) {
    if (type === 'application/x-shockwave-flash') removals.add('Flash, which no browser plays any more', path);
    if (!TEXT.has(type) || size > 2_000_000) continue;
    const text = Buffer.from(files.bodies.get(sha256)?.body ?? []).toString('latin1');
    for (const [, address = ''] of text.matchAll(REMOTE))
      removals.add(`remote file ${address.slice(0, 120)}, which stays out of reach`, path);
  }
}
