import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { appPolicy, inlineHashes } from './csp.ts';

/** The policy of `index.html` as it is on disk now; undefined while the app is not built. */
export type PagePolicy = () => Promise<string | undefined>;

/** Reads the page at the start, and again only when a new build has replaced it under a running server. */
export function makePagePolicy(build: string): PagePolicy {
  const file = path.join(build, 'index.html');
  let known: { stamp: string; policy: string } | undefined;
  return async () => {
    const found = await stat(file).catch(() => undefined);
    if (!found?.isFile()) return undefined;
    const stamp = `${found.mtimeMs} ${found.size} ${found.ino}`;
    if (known?.stamp !== stamp) known = { stamp, policy: appPolicy(inlineHashes(await readFile(file, 'utf8'))) };
    return known.policy;
  };
}
