/**
 * Trusted Types (the policy requires them for scripts): workers and the service worker may only be started from the
 * app's own build. Media, database and API paths hold what other people made and are never scripts.
 */

const POLICY = 'smartasn-worker';

/** Whether a URL is a script of this app: its build folder or its service worker, or anything served in development. */
export function isAppScript(url: URL, page: URL, development: boolean): boolean {
  if (url.origin !== page.origin) return false;
  if (/^\/(media|db|api|sync)(\/|$)/.test(url.pathname)) return false;
  return development || url.pathname.startsWith('/_app/immutable/') || url.pathname === '/service-worker.js';
}

/** The part of the Trusted Types API that this module uses. */
interface ScriptPolicy {
  createScriptURL(url: string): string;
}
interface PolicyFactory {
  createPolicy(name: string, rules: ScriptPolicy): ScriptPolicy;
}

const rules: ScriptPolicy = {
  createScriptURL(url) {
    const target = new URL(url, location.href);
    if (!isAppScript(target, new URL(location.href), import.meta.env.DEV))
      throw new TypeError('not a script of the app');
    return target.href;
  }
};

let policy: ScriptPolicy | undefined;

/** A URL that `new Worker` and `serviceWorker.register` accept under the content security policy; throws for others. */
export function trustedScriptUrl(url: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: PolicyFactory };
  policy ??= trustedTypes ? trustedTypes.createPolicy(POLICY, rules) : rules;
  return policy.createScriptURL(url);
}
