import { createHmac, randomUUID } from 'node:crypto';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type JWTPayload } from 'jose';
import { temporaryKeys, type Keys } from '../../../server/gateway/keys.ts';

/** Access tokens that must not open anything, by what is wrong with them; `good` is what they differ from. */

const now = () => Math.floor(Date.now() / 1000);

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Claims of a good token for that person. */
const claimsOf = (person: string): JWTPayload => ({
  sid: randomUUID(),
  iss: 'smartasn',
  aud: 'smartasn-gateway',
  sub: person,
  iat: now(),
  exp: now() + 600
});

const headerOf = (keys: Keys) => ({ alg: 'EdDSA', typ: 'at+jwt', kid: keys.id });

const signed = (keys: Keys, claims: JWTPayload, header: Record<string, unknown> = {}): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ ...headerOf(keys), ...header }).sign(keys.sign);

const without = (claims: JWTPayload, name: string): JWTPayload =>
  Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name));

/** Signed with HMAC, where the secret is what everybody may know of the key. */
function withPublicKeyAsSecret(keys: Keys, person: string, secret: string | Uint8Array<ArrayBuffer>): string {
  const text = `${encode({ ...headerOf(keys), alg: 'HS256' })}.${encode(claimsOf(person))}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

/** `good` and all that is wrong, for one person. */
export async function tokensFor(keys: Keys, person: string): Promise<{ good: string; wrong: Map<string, string> }> {
  const good = await signed(keys, claimsOf(person));
  const [head = '', payload = '', signature = ''] = good.split('.');
  const foreign = await temporaryKeys();
  const rsa = await generateKeyPair('RS256');
  const publicJwk = await exportJWK(keys.verify);
  const wrong = new Map<string, string>();

  wrong.set('no token at all', '');
  wrong.set('not a token', 'abc');
  wrong.set(
    'signed with another key of the same kind and kid',
    await signed({ ...foreign, id: keys.id }, claimsOf(person))
  );
  wrong.set(
    'with its own key in the header',
    await signed({ ...foreign, id: keys.id }, claimsOf(person), { jwk: await exportJWK(foreign.verify) })
  );
  wrong.set(
    'signed with RSA',
    await new SignJWT(claimsOf(person)).setProtectedHeader({ ...headerOf(keys), alg: 'RS256' }).sign(rsa.privateKey)
  );
  wrong.set('alg none, no signature', `${encode({ ...headerOf(keys), alg: 'none' })}.${payload}.`);
  wrong.set('alg none, the old signature', `${encode({ ...headerOf(keys), alg: 'none' })}.${payload}.${signature}`);
  wrong.set('alg NONE', `${encode({ ...headerOf(keys), alg: 'NONE' })}.${payload}.`);
  wrong.set('no alg', `${encode({ typ: 'at+jwt', kid: keys.id })}.${payload}.${signature}`);
  wrong.set('HS256 with the public key as PEM', withPublicKeyAsSecret(keys, person, await exportSPKI(keys.verify)));
  wrong.set('HS256 with the public key as JWK', withPublicKeyAsSecret(keys, person, JSON.stringify(publicJwk)));
  wrong.set(
    'HS256 with the bytes of the public key',
    withPublicKeyAsSecret(keys, person, Uint8Array.from(Buffer.from(publicJwk.x ?? '', 'base64url')))
  );
  wrong.set('no signature', `${head}.${payload}.`);
  wrong.set('a signature that was cut', `${head}.${payload}.${signature.slice(0, -4)}`);
  wrong.set('claims that were changed', `${head}.${encode({ ...claimsOf(person), sid: randomUUID() })}.${signature}`);
  wrong.set('a detached payload', `${head}..${signature}`);
  for (const claim of ['exp', 'sub', 'sid', 'iss', 'aud', 'iat'])
    wrong.set(`without ${claim}`, await signed(keys, without(claimsOf(person), claim)));
  const change = async (words: string, claims: JWTPayload, header: Record<string, unknown> = {}): Promise<void> => {
    wrong.set(words, await signed(keys, { ...claimsOf(person), ...claims }, header));
  };
  await change('expired a second ago', { iat: now() - 900, exp: now() - 1 });
  await change('expired long ago', { iat: now() - 90_000, exp: now() - 89_100 });
  await change('older than fifteen minutes, with a far exp', { iat: now() - 901, exp: now() + 86_400 });
  await change('not valid yet', { nbf: now() + 3_600 });
  await change('issued in the future', { iat: now() + 3_600, exp: now() + 4_000 });
  await change('of another issuer', { iss: 'elsewhere' });
  await change('for another audience', { aud: 'elsewhere' });
  await change('of a person who is not known', { sub: randomUUID() });
  await change('of a subject that is no person', { sub: 'admin' });
  await change('of a session that is none', { sid: '_admin' });
  await change('of another type', {}, { typ: 'JWT' });
  await change('with roles in it and no session', {
    sid: undefined,
    roles: ['administrator'],
    _couchdb_roles: ['_admin']
  });
  return { good, wrong };
}
