declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';
  import type { JWK } from 'jose';

  interface Grant {
    addOIDCScope(scopes: string): void;
    save(): Promise<string>;
  }

  /** What a request of the provider is about, as far as the tests look at it. */
  interface Context {
    body: unknown;
    oidc?: {
      route: string;
      provider: { Grant: new (fields: { clientId: string; accountId: string }) => Grant };
      client: { clientId: string };
      session: { accountId: string };
    };
  }

  interface Account {
    accountId: string;
    claims(): Record<string, unknown>;
  }

  interface Configuration {
    clients: Record<string, unknown>[];
    jwks: { keys: JWK[] };
    claims: Record<string, string[]>;
    cookies: { keys: string[] };
    conformIdTokenClaims: boolean;
    findAccount(context: Context, id: string): Account | undefined;
    loadExistingGrant(context: Context): Promise<Grant>;
  }

  export default class Provider {
    constructor(issuer: string, configuration: Configuration);
    use(middleware: (context: Context, next: () => Promise<void>) => Promise<void>): void;
    callback(): (request: IncomingMessage, response: ServerResponse) => void;
  }
}
