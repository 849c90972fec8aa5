import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

const out = process.env.SMARTASN_BUILD ?? 'build';

/** @type {import('@sveltejs/kit').Config} */
export default {
  preprocess: vitePreprocess(),
  compilerOptions: { runes: true },
  kit: {
    adapter: adapter({ pages: out, assets: out, fallback: 'index.html', precompress: true, strict: false }),
    version: { name: process.env.SMARTASN_VERSION ?? 'dev' },
    serviceWorker: { register: false },
    typescript: {
      config: (config) => {
        config.include.push('../server', '../tests', '../bench', '../scripts', '../*.ts');
      }
    }
  }
};
