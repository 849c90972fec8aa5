import { createHash, randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, it, onTestFinished } from 'vitest';
import type { SessionGrant } from '../../src/lib/domain/api.ts';
import { CLIENT, signInAt, startProvider, type TestProvider } from '../support/oidc.ts';
import { describePlaces, startServer, type Place } from './sync-server.ts';

const ORIGIN = 'http://localhost:8099';

describePlaces('signing in by an issuer of identities', (somePlace) => {
  let place: Place;
  let provider: TestProvider;
  let server: Awaited<ReturnType<typeof startServer>>;
  let yohana: { id: string; account: string };

  const settings = (change = {}) => ({
    issuer: provider.issuer,
    clientId: CLIENT.id,
    clientSecret: CLIENT.secret,
    name: 'Akun Papua',
    claim: 'preferred_username',
    ...change
  });

  beforeAll(async () => {
    place = await somePlace();
    provider = await startProvider(ORIGIN);
    server = await startServer(place, { oidc: settings(), origin: ORIGIN });
    yohana = await server.addPerson('Yohana Wenda');
  });
  afterAll(async () => {
    await provider.stop();
    await server.remove();
  });
  afterEach(() => {
    provider.forge = undefined;
    provider.more = {};
  });

  const post = (path: string, body: object, base = server.base): Promise<Response> =>
    fetch(base + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

  /** What a tab keeps, and where it goes with that. */
  async function begin(base?: string) {
    const verifier = randomBytes(32).toString('base64url');
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const answer = await post('/api/oidc/start', { challenge }, base);
    return { verifier, url: ((await answer.json()) as { url: string }).url };
  }

  /** Comes back from the issuer; answers the fragment of the page that the browser is sent to. */
  async function comeBack(address: URL): Promise<string> {
    const answer = await fetch(server.base + address.pathname + address.search, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('cache-control'), answer.headers.get('set-cookie')]).toEqual([
      303,
      'no-store',
      null
    ]);
    const [page, fragment = ''] = (answer.headers.get('location') ?? '').split('#');
    expect(page).toBe('/feed');
    return fragment;
  }

  const comeAs = async (login: string, { url }: { url: string }): Promise<string> =>
    comeBack(await signInAt(url, login));
  const exchange = (fragment: string, verifier: string): Promise<Response> =>
    post('/api/oidc/session', { code: fragment.replace('oidc=', ''), verifier });
  const mayRead = async ({ person, access }: SessionGrant): Promise<number> =>
    (await fetch(`${server.base}/db/person-${person}`, { headers: { authorization: `Bearer ${access}` } })).status;

  it('says that it is there, to anybody', async () => {
    expect(await (await fetch(`${server.base}/api/ways-in`)).json()).toEqual({ oidc: { name: 'Akun Papua' } });
  });

  it('lets the right person in, with a code that works once and in the tab that began', async () => {
    const tab = await begin();
    const fragment = await comeAs(yohana.account.toUpperCase(), tab);
    expect(fragment).toMatch(/^oidc=[A-Za-z0-9_-]{43}$/);
    const answer = await exchange(fragment, tab.verifier);
    expect(answer.status).toBe(200);
    const grant = (await answer.json()) as SessionGrant;
    expect(grant.person).toBe(yohana.id);
    expect(await mayRead(grant)).toBe(200);
    const again = await exchange(fragment, tab.verifier);
    expect([again.status, ((await again.json()) as { code: string }).code]).toEqual([401, 'oidc-over']);
  });

  it('is of no use in another tab or browser: somebody else’s sign-in cannot be put on anybody', async () => {
    const [mine, theirs] = [await begin(), await begin()];
    const fragment = await comeAs(yohana.account, theirs);
    expect((await exchange(fragment, mine.verifier)).status).toBe(401);
    expect((await exchange(fragment, theirs.verifier)).status).toBe(401);
  });

  it('refuses a person whom the registry does not know, and makes nobody', async () => {
    expect(await comeAs(place.account('Orang Lain'), await begin())).toBe('oidc-failed=unknown');
    expect(await server.parts.registry.byAccount(place.account('Orang Lain'))).toBeUndefined();
  });

  it('refuses an answer whose state is made up or used', async () => {
    const tab = await begin();
    const address = await signInAt(tab.url, yohana.account);
    const foreign = new URL(address);
    foreign.searchParams.set('state', randomBytes(32).toString('base64url'));
    expect(await comeBack(foreign)).toBe('oidc-failed=over');
    foreign.searchParams.delete('state');
    expect(await comeBack(foreign)).toBe('oidc-failed=over');
    expect(await comeBack(address)).toMatch(/^oidc=/);
    expect(await comeBack(address)).toBe('oidc-failed=over');
  });

  it('refuses the code of one attempt in another, before it was used and afterwards', async () => {
    const [one, ...others] = [await begin(), await begin(), await begin()];
    const used = await signInAt(one.url, yohana.account);
    const mix = async ({ url }: { url: string }): Promise<string> => {
      const mixed = await signInAt(url, place.account('Orang Lain'));
      mixed.searchParams.set('code', used.searchParams.get('code') ?? '');
      return comeBack(mixed);
    };
    const [before, after] = others.map((tab) => () => mix(tab));
    expect(await before?.()).toBe('oidc-failed=untrusted');
    expect(await comeBack(used)).toMatch(/^oidc=/);
    expect(await after?.()).toBe('oidc-failed=untrusted');
  });

  it('tells when the person has said no at the issuer', async () => {
    const { url } = await begin();
    const state = new URL(url).searchParams.get('state');
    const refusal = new URL(`${ORIGIN}/api/oidc/callback?error=access_denied&state=${state}`);
    expect(await comeBack(refusal)).toBe('oidc-failed=refused');
  });

  const now = () => Math.floor(Date.now() / 1000);
  it.each([
    ['signed with another key', () => ({ foreignKey: true })],
    ['with another nonce', () => ({ claims: { nonce: 'lain' } })],
    ['for another client', () => ({ claims: { aud: 'lain' } })],
    ['of another issuer', () => ({ claims: { iss: 'https://lain.example' } })],
    ['that is over', () => ({ claims: { iat: now() - 900, exp: now() - 600 } })],
    ['of somebody who signed in long ago and left', () => ({ claims: { auth_time: now() - 3_600 } })],
    ['that does not say when she signed in', () => ({ claims: { auth_time: undefined } })]
  ])('refuses an ID token %s', async (_what, forge) => {
    provider.forge = forge();
    expect(await comeAs(yohana.account, await begin())).toBe('oidc-failed=untrusted');
  });

  it('takes one that says the same in other words, so that the refusals above are for their reasons', async () => {
    provider.forge = { claims: {} };
    expect(await comeAs(yohana.account, await begin())).toMatch(/^oidc=/);
  });

  it('counts an address as the account when the issuer has checked it, and a claim that is missing not at all', async () => {
    const other = await startServer(await somePlace(), { oidc: settings({ claim: 'email' }), origin: ORIGIN });
    onTestFinished(() => other.remove());
    const person = await other.addPerson('Markus Kogoya');
    const come = async (more: Record<string, unknown>): Promise<string> => {
      provider.more = more;
      const { url } = await begin(other.base);
      const address = await signInAt(url, 'siapa-saja');
      const answer = await fetch(other.base + address.pathname + address.search, { redirect: 'manual' });
      return answer.headers.get('location') ?? '';
    };
    expect(await come({ email: person.account, email_verified: true })).toMatch('#oidc=');
    expect(await come({ email: person.account, email_verified: false })).toMatch('#oidc-failed=unknown');
    expect(await come({ email: person.account })).toMatch('#oidc-failed=unknown');
    expect(await come({})).toMatch('#oidc-failed=unknown');
  });

  it('works without a secret, and with an issuer that tells names at its userinfo alone', async () => {
    const strict = await startProvider(ORIGIN, { secret: false, conform: true });
    const oidc = settings({ issuer: strict.issuer, clientSecret: undefined });
    const other = await startServer(await somePlace(), { oidc, origin: ORIGIN });
    onTestFinished(async () => void (await Promise.all([other.remove(), strict.stop()])));
    const person = await other.addPerson('Markus Kogoya');
    const { url } = await begin(other.base);
    const address = await signInAt(url, person.account);
    const answer = await fetch(other.base + address.pathname + address.search, { redirect: 'manual' });
    expect(answer.headers.get('location')).toMatch('#oidc=');
  });

  it('says when the issuer is away, before and after the visit, and works again when it is back', async () => {
    const tab = await begin();
    const address = await signInAt(tab.url, yohana.account);
    await provider.stop();
    await server.restart();
    const answer = await post('/api/oidc/start', { challenge: 'A'.repeat(43) });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([503, 'oidc-away']);
    expect(await comeBack(address)).toBe('oidc-failed=away');
    await provider.start();
    expect(await comeAs(yohana.account, await begin())).toMatch(/^oidc=/);
  });
});
