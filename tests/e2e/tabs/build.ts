import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Builds the page of the tabs as an app of its own, for a server to serve; answers the folder. */
export async function buildTabPage(): Promise<string> {
  const outDir = await mkdtemp(path.join(os.tmpdir(), 'smartasn-tabs-'));
  await build({
    configFile: false,
    root: here('page'),
    logLevel: 'error',
    define: { global: 'globalThis' },
    resolve: {
      alias: [
        { find: '$lib', replacement: here('../../../src/lib') },
        { find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.min.mjs' }
      ]
    },
    build: { outDir, emptyOutDir: true, target: 'esnext' }
  });
  return outDir;
}
