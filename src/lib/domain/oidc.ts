import * as v from 'valibot';

/** Signing in by an issuer of identities (OpenID Connect): bodies of the routes, validated on both sides. */

/** 32 bytes, base64url. */
const bytes32 = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/));

/** `GET /api/ways-in`, for anybody: what besides account and password this server offers. */
export const waysIn = v.object({ oidc: v.optional(v.object({ name: v.pipe(v.string(), v.maxLength(100)) })) });

/**
 * `POST /api/oidc/start`: the address to go to. `challenge` is the SHA-256 of a verifier that stays in the tab: what
 * comes back is of use there and nowhere else. 503 `oidc-away` when the issuer does not answer.
 */
export const oidcStart = v.object({ challenge: bytes32 });
export const oidcAddress = v.object({ url: v.pipe(v.string(), v.url(), v.regex(/^https?:\/\//)) });

/** `POST /api/oidc/session`: `sessionGrant`, or 401 `oidc-over` when the code is used, too old or another tab's. */
export const oidcSession = v.object({ code: bytes32, verifier: bytes32 });

/** `GET /api/oidc/callback` sends the browser to this page, with a code or why there is none behind it. */
export const OIDC_PAGE = '/feed';
export const OIDC_CODE = '#oidc=';
export const OIDC_FAILED = '#oidc-failed=';

/**
 * Why a sign-in by the issuer came to nothing. `over`: this attempt is used up, too old or not this browser's; `refused`:
 * the person or the issuer said no; `unknown`: the registry has nobody of this name; `away`: the issuer does not answer;
 * `untrusted`: what came does not belong to what was asked.
 */
export const OIDC_FAILURES = ['over', 'refused', 'unknown', 'away', 'untrusted'] as const;
export type OidcFailure = (typeof OIDC_FAILURES)[number];

export type WaysIn = v.InferOutput<typeof waysIn>;
