import { createHmac, randomBytes } from 'node:crypto';
import type { UserContext } from '../../write-rules.ts';
import { unauthorized } from '../errors.ts';
import type { Store } from '../store/index.ts';
import type { Doc } from '../store/pouch.ts';
import { isPasswordOf, sameSecret, userId } from './passwords.ts';

/** Who a request comes from: the administrator of this data folder, a user of `_users`, or nobody. */

/** How long a session cookie is good for, in seconds; CouchDB's default. */
export const SESSION_SECONDS = 600;

export const USERS = '_users';

/** Most cookies remembered. */
const COOKIES_MAX = 1_000;

const WRONG = 'Name or password is incorrect.';
const ANONYMOUS: UserContext = { name: null, roles: [] };

export class Accounts {
  readonly #store: Store;
  readonly #admin: { name: string; password: string };
  /** New at each start: sessions end with the process, and whoever holds one signs in again. */
  readonly #secret = randomBytes(32).toString('hex');
  #users = new Map<string, Doc>();
  /** Passwords that were right a moment ago, as keyed digests: Basic authentication need not derive a key each time. */
  #verified = new Map<string, string>();
  /** Cookies that were right a moment ago: the server makes each of its requests with one of three. */
  #cookies = new Map<string, { user: UserContext; until: number }>();

  constructor(store: Store, admin: { name: string; password: string }) {
    this.#store = store;
    this.#admin = admin;
  }

  /** Call after any write to `_users`. */
  forget(): void {
    this.#users = new Map();
    this.#verified = new Map();
    this.#cookies = new Map();
  }

  /** Checks name and password; throws CouchDB's 401. */
  async signIn(name: string, password: string): Promise<UserContext> {
    if (name === this.#admin.name) {
      if (!sameSecret(password, this.#admin.password)) throw unauthorized(WRONG);
      return { name, roles: ['_admin'] };
    }
    const user = await this.#user(name);
    if (!user) throw unauthorized(WRONG);
    const digest = createHmac('sha256', this.#secret).update(`${name}\0${password}`).digest('hex');
    if (this.#verified.get(name) !== digest) {
      if (!(await isPasswordOf(user, password))) throw unauthorized(WRONG);
      this.#verified.set(name, digest);
    }
    return this.#context(user);
  }

  /** The session cookie's value for a user who has signed in. */
  async session(name: string): Promise<string> {
    const time = Math.floor(Date.now() / 1000).toString(16);
    return Buffer.from(`${name}:${time}:${await this.#signature(name, time)}`).toString('base64url');
  }

  /** The user of a request, from its cookie or Basic header; throws 401 when either is wrong. */
  async authenticate(headers: { authorization?: string; cookie?: string }): Promise<UserContext> {
    const cookie = /(?:^|;\s*)AuthSession=([^;]+)/.exec(headers.cookie ?? '')?.[1];
    if (cookie) return this.#fromCookie(cookie);
    if (!headers.authorization) return ANONYMOUS;
    const [, basic] = /^Basic\s+(.+)$/i.exec(headers.authorization) ?? [];
    if (!basic) throw unauthorized('Only Basic authentication and session cookies are understood.');
    const text = Buffer.from(basic, 'base64').toString();
    const cut = text.indexOf(':');
    if (cut < 0) throw unauthorized(WRONG);
    return this.signIn(text.slice(0, cut), text.slice(cut + 1));
  }

  async #fromCookie(cookie: string): Promise<UserContext> {
    const cookies = this.#cookies;
    const known = cookies.get(cookie);
    if (known && Date.now() < known.until) return known.user;
    if (cookies.size >= COOKIES_MAX) cookies.clear();
    const verified = await this.#verify(cookie);
    cookies.set(cookie, verified);
    return verified.user;
  }

  async #verify(cookie: string): Promise<{ user: UserContext; until: number }> {
    const text = Buffer.from(cookie, 'base64url').toString();
    const [, name, time, signature] = /^(.*):([0-9a-f]+):([0-9a-f]+)$/s.exec(text) ?? [];
    if (name === undefined || time === undefined || signature === undefined) {
      throw unauthorized('Malformed AuthSession cookie.');
    }
    const until = (parseInt(time, 16) + SESSION_SECONDS) * 1000;
    const valid = sameSecret(signature, await this.#signature(name, time)) && Date.now() < until;
    if (!valid) throw unauthorized('The session has ended.');
    if (name === this.#admin.name) return { user: { name, roles: ['_admin'] }, until };
    const user = await this.#user(name);
    if (!user) throw unauthorized(WRONG);
    return { user: this.#context(user), until };
  }

  async #signature(name: string, time: string): Promise<string> {
    const salt = name === this.#admin.name ? '' : String((await this.#user(name))?.salt);
    return createHmac('sha256', this.#secret).update(`${name}\0${time}\0${salt}`).digest('hex');
  }

  #context(user: Doc): UserContext {
    return { name: String(user.name), roles: (user.roles as string[]).filter((role) => !role.startsWith('_')) };
  }

  async #user(name: string): Promise<Doc | undefined> {
    // A read that began before `forget` fills the forgotten map.
    const users = this.#users;
    const known = users.get(name);
    if (known || !this.#store.catalog.find(USERS)) return known;
    const user = await this.#store.databases.use(USERS, (database) =>
      database.pouch.get(userId(name)).catch((fault: { status?: number }) => {
        if (fault.status === 404) return undefined;
        throw fault;
      })
    );
    if (user) users.set(name, user);
    return user;
  }
}
