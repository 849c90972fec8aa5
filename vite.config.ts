import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

const gateway = `http://127.0.0.1:${process.env.PORT ?? 8080}`;

export default defineConfig({
  plugins: [
    paraglideVitePlugin({
      project: './project.inlang',
      outdir: './src/lib/paraglide',
      strategy: ['localStorage', 'baseLocale']
    }),
    sveltekit()
  ],
  define: { global: 'globalThis' },
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
