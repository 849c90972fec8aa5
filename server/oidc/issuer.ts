import type { Configuration, IDToken } from 'openid-client';
import type { OidcSettings } from './settings.ts';

/** Loaded with the first sign-in: most installations have no issuer. */
const library = () => import('openid-client');

/** What an attempt to sign in keeps on the server between the two visits of the browser. */
export interface Secrets {
  nonce: string;
  codeVerifier: string;
}

/** `away`: the issuer does not answer; `untrusted`: what it or the browser brought is not what was asked for. */
export type Trouble = 'away' | 'untrusted';

/** Why nobody was identified; the cause is for the log. */
export class NotIdentified extends Error {
  readonly trouble: Trouble;

  constructor(trouble: Trouble, cause: unknown) {
    super(`OIDC: ${trouble}`, { cause });
    this.trouble = trouble;
  }
}

export interface Issuer {
  /** New ones, once the issuer is known to be there. @throws NotIdentified */
  secrets(): Promise<Secrets>;
  /** Where the browser goes to sign in. @throws NotIdentified */
  authorize(redirectUri: string, state: string, secrets: Secrets): Promise<string>;
  /**
   * Takes the code in the address that the browser came back to and answers the account that it stands for; undefined
   * when the issuer names none. @throws NotIdentified
   */
  identify(cameBackTo: URL, state: string, secrets: Secrets): Promise<string | undefined>;
}

/** The issuer's own sign-in may be so old, seconds: one that was left behind on a shared browser does not count. */
const FRESH = 600;
const PATIENCE = 10;
/** Clocks of two servers may differ by so much, seconds. */
const TOLERANCE = 30;

const SCOPES: Record<string, string> = { email: 'openid email', preferred_username: 'openid profile' };

/** Whether the issuer could not be asked at all. */
function isAway(error: unknown): boolean {
  for (let one = error; one instanceof Error; one = one.cause) {
    if (one instanceof TypeError && one.message === 'fetch failed') return true;
    if (['TimeoutError', 'AbortError'].includes(one.name)) return true;
    if (one.cause instanceof Response) return one.cause.status >= 500;
  }
  return false;
}

const troubled = (error: unknown): never => {
  throw new NotIdentified(isAway(error) ? 'away' : 'untrusted', error);
};

/** The account in what the issuer says of a person. An address counts when the issuer has checked that it is hers. */
function accountIn(claims: Record<string, unknown> | undefined, claim: string): string | undefined {
  const value = claims?.[claim];
  if (typeof value !== 'string' || !value.trim()) return undefined;
  return claim === 'email' && claims?.email_verified !== true ? undefined : value;
}

/** What the issuer says of itself is believed for so long, ms: nobody is sent to one that is not there. */
const KNOWN_MS = 60_000;

/** Speaks to the issuer of the settings. */
export function openIssuer({ issuer, clientId, clientSecret, claim }: OidcSettings): Issuer {
  let known: Promise<Configuration> | undefined;
  let until = 0;

  async function discover(): Promise<Configuration> {
    const oidc = await library();
    const auth = clientSecret === undefined ? oidc.None() : oidc.ClientSecretBasic(clientSecret);
    // The signature is checked although the token comes straight from the issuer: its address may be a proxy's.
    const execute = [oidc.enableNonRepudiationChecks];
    if (issuer.startsWith('http:')) execute.push(oidc.allowInsecureRequests);
    const metadata = { [oidc.clockTolerance]: TOLERANCE };
    return oidc.discovery(new URL(issuer), clientId, metadata, auth, { execute, timeout: PATIENCE });
  }

  const configuration = (): Promise<Configuration> => {
    if (known && performance.now() < until) return known;
    until = performance.now() + KNOWN_MS;
    known = discover().catch((error: unknown) => {
      until = 0;
      return troubled(error);
    });
    return known;
  };

  return {
    async secrets() {
      const oidc = await library();
      await configuration();
      return { nonce: oidc.randomNonce(), codeVerifier: oidc.randomPKCECodeVerifier() };
    },

    async authorize(redirectUri, state, { nonce, codeVerifier }) {
      const [oidc, config] = [await library(), await configuration()];
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: SCOPES[claim] ?? 'openid profile',
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        prompt: 'login',
        max_age: String(FRESH)
      });
      return url.href;
    },

    async identify(cameBackTo, state, { nonce, codeVerifier }) {
      const [oidc, config] = [await library(), await configuration()];
      const checks = {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: codeVerifier,
        idTokenExpected: true,
        maxAge: FRESH
      };
      try {
        const tokens = await oidc.authorizationCodeGrant(config, cameBackTo, checks);
        const claims: IDToken | undefined = tokens.claims();
        const account = accountIn(claims, claim);
        if (account !== undefined || !claims || !config.serverMetadata().userinfo_endpoint) return account;
        return accountIn(await oidc.fetchUserInfo(config, tokens.access_token, claims.sub), claim);
      } catch (error) {
        return troubled(error);
      }
    }
  };
}
