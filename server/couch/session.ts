import { Readable } from 'node:stream';
import type { Answer } from './answer.ts';
import type { Credentials } from './data-folder.ts';
import { isRefused, type Endpoint } from './endpoint.ts';
import { exchange, type CouchRequest } from './http.ts';

/**
 * A session with CouchDB. Passwords are checked once (PBKDF2 is slow on purpose), then a cookie speaks; when it has
 * ended, or the database was started again, the request is made once more with a new one.
 */
export class Session {
  readonly #endpoint: Endpoint;
  readonly #credentials: Credentials;
  #cookie: Promise<string> | undefined;

  constructor(endpoint: Endpoint, credentials: Credentials) {
    this.#endpoint = endpoint;
    this.#credentials = credentials;
  }

  /** The `cookie` header of this session; signs in when there is none. */
  cookie(): Promise<string> {
    this.#cookie ??= this.#signIn().catch((fault: unknown) => {
      this.#cookie = undefined;
      throw fault;
    });
    return this.#cookie;
  }

  /** Runs a request; once more when the session had ended or the embedded database had to be started again. */
  async run<T>(
    request: (base: string, cookie: string) => Promise<T>,
    isEnded: (fault: unknown) => boolean
  ): Promise<T> {
    try {
      return await request(this.#endpoint.url(), await this.cookie());
    } catch (fault) {
      if (isRefused(fault)) {
        if (!(await this.#endpoint.recover())) throw fault;
      } else if (!isEnded(fault)) throw fault;
      this.#cookie = undefined;
      const cookie = await this.cookie();
      return request(this.#endpoint.url(), cookie);
    }
  }

  /** One request with this session. A body that is a stream cannot be sent twice, so its request is never repeated. */
  async fetch(path: string, init: CouchRequest = {}): Promise<Answer> {
    const send = (base: string, cookie: string) =>
      exchange(base + path, { ...init, headers: { ...init.headers, cookie } });
    if (init.body instanceof Readable) return send(this.#endpoint.url(), await this.cookie());
    const ended = new Error('The session has ended.');
    let refused: Answer | undefined;
    try {
      return await this.run(
        async (base, cookie) => {
          const response = await send(base, cookie);
          if (response.status !== 401 || refused) return response;
          refused = response;
          throw ended;
        },
        (fault) => fault === ended
      );
    } finally {
      refused?.discard();
    }
  }

  async #signIn(): Promise<string> {
    const response = await exchange(`${this.#endpoint.url()}/_session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(this.#credentials)
    });
    await response.text();
    if (!response.ok) {
      const { name } = this.#credentials;
      throw new SignInRefused(`CouchDB refuses the user ${name} (${response.status}).`, response.status);
    }
    const cookie = response.headers['set-cookie']?.find((line) => line.startsWith('AuthSession='));
    if (!cookie) throw new Error('CouchDB gives no session cookie.');
    return cookie.slice(0, cookie.indexOf(';'));
  }
}

/** CouchDB does not take the password. */
export class SignInRefused extends Error {
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}
