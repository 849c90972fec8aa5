import { createHash } from 'node:crypto';

/**
 * Trusted Types policies of the app: Svelte 5 sets templates with `svelte-trusted-html`; `smartasn-worker` lets only
 * the app's own build start workers (src/lib/vault/trusted-url.ts).
 */
const POLICIES = ['svelte-trusted-html', 'smartasn-worker'];

const INLINE_SCRIPT = /<script(?![^>]*\ssrc\s*=)[^>]*>([\s\S]*?)<\/script>/gi;

/** CSP sources for the inline scripts of a page: their hashes, so that no other inline script runs. */
export function inlineHashes(html: string): string[] {
  return [...html.matchAll(INLINE_SCRIPT)].map(([, code = '']) => {
    const hash = createHash('sha256').update(code).digest('base64');
    return `'sha256-${hash}'`;
  });
}

/** The content security policy of the app. `scripts` are further sources of `script-src`. */
export function appPolicy(scripts: readonly string[]): string {
  return [
    "default-src 'none'",
    ["script-src 'self'", ...scripts].join(' '),
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "media-src 'self' blob:",
    "worker-src 'self'",
    "frame-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    ['trusted-types', ...POLICIES].join(' ')
  ].join('; ');
}

/** The page that holds the sandbox of a course's package (static/package-frame.html). */
export const PACKAGE_FRAME = '/package-frame.html';

/**
 * The policy of that page, which what it holds inherits: scripts of any kind, and no way out. It shows nothing of a
 * person, and only the app may hold it.
 */
export const packagePolicy = (): string =>
  [
    "default-src 'none'",
    "script-src 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob: data:",
    "style-src 'unsafe-inline' blob: data:",
    'img-src blob: data:',
    'media-src blob: data:',
    'font-src blob: data:',
    'connect-src blob: data:',
    'worker-src blob:',
    'frame-src data:',
    'base-uri https://package.invalid',
    "form-action 'none'",
    "frame-ancestors 'self'"
  ].join('; ');

/** The policy of the app's workers: Argon2id is WebAssembly, and it runs there and nowhere else. */
export const workerPolicy = (): string => appPolicy(["'wasm-unsafe-eval'"]);
