import { readSecret } from '../secrets.ts';

/** An issuer of identities that persons may sign in with (docs/operations.md). */
export interface OidcSettings {
  issuer: string;
  clientId: string;
  /** None for a client that proves itself by PKCE alone. */
  clientSecret: string | undefined;
  /** What people call it, as in "Masuk dengan …". */
  name: string;
  /** The claim that carries the account. */
  claim: string;
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Reads the settings; undefined when there is no issuer. Throws in words. */
export function readOidc(env: NodeJS.ProcessEnv): OidcSettings | undefined {
  const { SMARTASN_OIDC_ISSUER: issuer, SMARTASN_OIDC_CLIENT_ID: clientId } = env;
  const clientSecret = readSecret(env, 'SMARTASN_OIDC_CLIENT_SECRET');
  if (!issuer && !clientId && !clientSecret) return undefined;
  const url = issuer && URL.canParse(issuer) ? new URL(issuer) : undefined;
  if (!issuer || !url || !(url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname))))
    throw new Error(`SMARTASN_OIDC_ISSUER is ${issuer}: give the https address that the issuer calls itself.`);
  if (!clientId) throw new Error('SMARTASN_OIDC_CLIENT_ID is missing: the issuer gives it when it registers SmartASN.');
  return {
    issuer,
    clientId,
    clientSecret,
    name: env.SMARTASN_OIDC_NAME || url.hostname,
    claim: env.SMARTASN_OIDC_CLAIM || 'preferred_username'
  };
}
