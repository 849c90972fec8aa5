import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

const out = process.env.SMARTASN_BUILD ?? 'build';

/**
 * SvelteKit hides what it tells screen readers with a style attribute, which the content security policy blocks; the
 * app's own style sheet hides it (src/lib/ui/base.css).
 */
const withoutInlineStyle = {
  name: 'without-inline-style',
  markup: ({ content, filename }) =>
    filename?.endsWith('/generated/root.svelte')
      ? { code: content.replace(/(<div id="svelte-announcer"[^>]*?) style="[^"]*"/, '$1') }
      : undefined
};

/** @type {import('@sveltejs/kit').Config} */
export default {
  preprocess: [withoutInlineStyle, vitePreprocess()],
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
