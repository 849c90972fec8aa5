import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPage } from '../../support/build-page.ts';

/** Builds the page of the tabs as an app of its own, for a server to serve; answers the folder. */
export async function buildTabPage(): Promise<string> {
  const outDir = await mkdtemp(path.join(os.tmpdir(), 'smartasn-tabs-'));
  await buildPage(fileURLToPath(new URL('page', import.meta.url)), outDir);
  return outDir;
}
