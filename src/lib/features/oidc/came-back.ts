import { OIDC_CODE, OIDC_FAILED, OIDC_FAILURES, type OidcFailure } from '$lib/domain/oidc';

/** What the issuer sent the browser back with: a code, or why there is none. */
export type CameBack = { code: string } | { failed: OidcFailure };

/** Reads it from the address and takes it away from there: neither a reload nor the history has it. */
export function takeCameBack(): CameBack | undefined {
  const { hash, pathname, search } = location;
  if (!hash.startsWith(OIDC_CODE) && !hash.startsWith(OIDC_FAILED)) return undefined;
  history.replaceState(history.state, '', pathname + search);
  if (hash.startsWith(OIDC_CODE)) return { code: hash.slice(OIDC_CODE.length) };
  const word = hash.slice(OIDC_FAILED.length);
  return { failed: OIDC_FAILURES.find((one) => one === word) ?? 'untrusted' };
}
