import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Builds a page that is made of the app's own modules, for a server to serve. */
export async function buildPage(root: string, outDir: string): Promise<void> {
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    define: { global: 'globalThis' },
    resolve: {
      alias: [
        { find: '$lib', replacement: fileURLToPath(new URL('../../src/lib', import.meta.url)) },
        { find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.min.mjs' }
      ]
    },
    build: { outDir, emptyOutDir: true, target: 'esnext' }
  });
}
