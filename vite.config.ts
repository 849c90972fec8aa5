import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { firstScreen } from './scripts/lib/first-screen.ts';

const gateway = `http://127.0.0.1:${process.env.PORT ?? 8080}`;

const drawsFirst = firstScreen();

/** Sign-in, PIN and lock: needed one after the other, so they come together. */
const ENTRANCE = /src.lib.features.session.(entrance|sign-in|choose-pin|named|lock-screen|pin-|slot-picture|birds)/;

export default defineConfig({
  plugins: [
    paraglideVitePlugin({
      project: './project.inlang',
      outdir: './src/lib/paraglide',
      strategy: ['localStorage', 'baseLocale']
    }),
    sveltekit()
  ],
  /** The package's main file is the larger one for CommonJS; every browser of the last years takes this one. */
  resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.min.mjs' }] },
  define: { global: 'globalThis' },
  build: {
    rolldownOptions: {
      /** A name that its module does not export makes a page that fails when it is drawn, so it fails here. */
      onLog(level, log, handle) {
        if (log.code === 'IMPORT_IS_UNDEFINED') throw new Error(log.message);
        handle(level, log);
      },
      /** A component that a page does not draw must not come along because it stands in the same index. */
      treeshake: { moduleSideEffects: [{ test: /\/src\/lib\/ui\/.*(\.svelte|\.ts)$/, sideEffects: false }] }
    }
  },
  environments: {
    client: {
      build: {
        rolldownOptions: {
          output: {
            codeSplitting: {
              groups: [
                /**
                 * What the first screen draws with is one file: every request costs a round trip of up to a second.
                 * Dexie, the store, the vault and sync are not in it; they come while a person types her PIN.
                 */
                { name: (id, graph) => (drawsFirst(id, graph) ? 'shell' : null), priority: 1 },
                { name: 'entrance', test: ENTRANCE }
              ]
            }
          }
        }
      }
    }
  },
  worker: { format: 'es' },
  server: {
    proxy: {
      '/api': gateway,
      '/db': gateway,
      '/media': gateway,
      '/sync': { target: gateway, bypass: (request) => (request.method === 'POST' ? undefined : request.url) }
    }
  }
});
