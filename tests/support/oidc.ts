import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  importJWK,
  SignJWT,
  type JWTPayload
} from 'jose';
import Provider from 'oidc-provider';

export const CLIENT = { id: 'smartasn', secret: 'rahasia-klien-untuk-uji-coba' };

/** Another ID token instead of the provider's: other claims, or another key. */
export interface Forgery {
  claims?: JWTPayload;
  foreignKey?: boolean;
}

/** A real OpenID provider on loopback that lets everybody in under the name that she types. */
export interface TestProvider {
  issuer: string;
  /** What it does to the ID tokens from now on. */
  forge: Forgery | undefined;
  /** Claims of the next persons besides their name. */
  more: Record<string, unknown>;
  stop(): Promise<void>;
  start(): Promise<void>;
}

const newKey = async () => {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: 'satu' };
};

const SCOPES = 'openid profile email';

/**
 * @param origin of the app, to which it sends back
 * @param like `secret`: whether the app has one; `conform`: names are told at userinfo alone, as the standard has it
 */
export async function startProvider(origin: string, { secret = true, conform = false } = {}): Promise<TestProvider> {
  const [key, foreign] = [await newKey(), await newKey()];
  let server: Server = createServer();
  let port = 0;

  const listen = async (): Promise<void> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  };
  await listen();
  const issuer = `http://127.0.0.1:${port}`;
  const own: TestProvider = {
    issuer,
    forge: undefined,
    more: {},
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
    async start() {
      server = createServer(answer);
      await listen();
    }
  };

  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        redirect_uris: [`${origin}/api/oidc/callback`],
        ...(secret ? { client_secret: CLIENT.secret } : { token_endpoint_auth_method: 'none' })
      }
    ],
    jwks: { keys: [key] },
    claims: { profile: ['preferred_username'], email: ['email', 'email_verified'] },
    cookies: { keys: ['kunci-kue-untuk-uji'] },
    conformIdTokenClaims: conform,
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, preferred_username: id, ...own.more })
    }),
    async loadExistingGrant({ oidc }) {
      if (!oidc) throw new Error('There is no request.');
      const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope(SCOPES);
      await grant.save();
      return grant;
    }
  });
  provider.use(async (context, next) => {
    await next();
    if (context.oidc?.route !== 'token' || !own.forge) return;
    const { claims, foreignKey } = own.forge;
    const body = context.body as { id_token: string };
    const { kid } = decodeProtectedHeader(body.id_token);
    const token = new SignJWT({ ...decodeJwt(body.id_token), ...claims }).setProtectedHeader({ alg: 'RS256', kid });
    context.body = { ...body, id_token: await token.sign(await importJWK(foreignKey ? foreign : key, 'RS256')) };
  });
  const answer = provider.callback();
  server.on('request', answer);
  return own;
}

/** Signs in at the provider as a browser does; answers the address that it sends the browser back to. */
export async function signInAt(address: string, login: string): Promise<URL> {
  const cookies = new Map<string, string>();
  const back = new URL(new URL(address).searchParams.get('redirect_uri') ?? '');
  let next = new URL(address);
  for (let hops = 0; hops < 10; hops += 1) {
    const isForm = next.pathname.startsWith('/interaction/');
    const answer: Response = await fetch(next, {
      method: isForm ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(isForm && { body: new URLSearchParams({ prompt: 'login', login, password: 'x' }) })
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    next = new URL(answer.headers.get('location') ?? '', next);
    if (next.origin === back.origin && next.pathname === back.pathname) return next;
  }
  throw new Error('The provider does not come to an end.');
}
