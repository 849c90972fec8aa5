import * as v from 'valibot';
import type { SessionGrant } from '$lib/domain/api';
import { oidcAddress, waysIn, type WaysIn } from '$lib/domain/oidc';
import { askGrant, askOnTheWayIn, SignInFailed } from './ask-grant';

/** Under this name the tab keeps its half of the attempt while the person is at the issuer. */
const VERIFIER = 'smartasn-oidc';

const PATIENCE = 10_000;

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

/** What this server offers besides account and password; undefined when it does not answer. */
export async function askWaysIn(): Promise<WaysIn | undefined> {
  try {
    const response = await fetch('/api/ways-in', {
      cache: 'no-store',
      credentials: 'omit',
      signal: AbortSignal.timeout(PATIENCE)
    });
    const ways = v.safeParse(waysIn, await response.json());
    return ways.success ? ways.output : undefined;
  } catch {
    return undefined;
  }
}

/** Begins an attempt; answers the address at which the person signs in. @throws SignInFailed */
export async function startOidc(): Promise<string> {
  const verifier = base64url(crypto.getRandomValues(new Uint8Array(32)));
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  const asked = await askOnTheWayIn('/api/oidc/start', { challenge: base64url(new Uint8Array(hash)) });
  const answer = v.safeParse(oidcAddress, asked);
  if (!answer.success) throw new SignInFailed('server-trouble');
  sessionStorage.setItem(VERIFIER, verifier);
  return answer.output.url;
}

/** Ends the attempt of this tab with the code that came back. @throws SignInFailed `oidc-over` when it began none */
export async function finishOidc(code: string): Promise<SessionGrant> {
  const verifier = sessionStorage.getItem(VERIFIER);
  sessionStorage.removeItem(VERIFIER);
  if (verifier === null) throw new SignInFailed('oidc-over');
  return askGrant('/api/oidc/session', { code, verifier });
}
