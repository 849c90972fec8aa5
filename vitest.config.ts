import { svelte } from '@sveltejs/vite-plugin-svelte';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const folder = (name: string) => fileURLToPath(new URL(name, import.meta.url));

export default defineConfig({
  plugins: [svelte()],
  resolve: { alias: { $lib: folder('src/lib') }, conditions: ['browser'] },
  define: { global: 'globalThis' },
  test: {
    pool: 'forks',
    // One CouchDB has one registry: couriers of several builds would judge each other's persons. Otherwise two at least:
    // much of a test is waiting for a database or a server of its own.
    maxWorkers: process.env['TEST_COUCHDB_URL'] ? 1 : Math.max(2, availableParallelism() - 1),
    setupFiles: ['tests/support/patience.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['src/**/*.test.ts', 'server/**/*.test.ts', 'scripts/**/*.test.ts'] }
      },
      {
        extends: true,
        test: { name: 'contract', include: ['tests/contract/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 }
      },
      {
        extends: true,
        test: { name: 'faults', include: ['tests/faults/**/*.test.ts'], testTimeout: 600_000, hookTimeout: 60_000 }
      }
    ]
  }
});
