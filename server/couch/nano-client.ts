import nano, { type ServerScope } from 'nano';
import type { Session } from './session.ts';

/** Methods of nano's scopes that return something else than a promise. */
const IMMEDIATE = new Set(['use', 'scope', 'server', 'changesReader', 'config', 'db']);

const isImmediate = (name: string): boolean => IMMEDIATE.has(name) || name.endsWith('AsStream');

type Method = (...args: unknown[]) => unknown;
type Members = Record<string, unknown>;

const isEnded = (fault: unknown): boolean => (fault as { statusCode?: number }).statusCode === 401;

/**
 * nano with a session that renews itself. nano takes its address and headers once, so each call finds its method on a
 * client made for the address and cookie of that moment.
 */
export function nanoClient(session: Session, initialUrl: string): ServerScope {
  const headers: Record<string, string> = {};
  // `parseUrl` would take a path in the address for the name of a database.
  const connect = (url: string): ServerScope => {
    const options = { url, headers, parseUrl: false };
    return nano(options);
  };
  let current = { base: initialUrl, client: connect(initialUrl) };

  const clientOf = (base: string, cookie: string): ServerScope => {
    headers.cookie = cookie;
    if (current.base !== base) current = { base, client: connect(base) };
    return current.client;
  };

  /** `find` leads from a client to the scope that the wrapper stands for. */
  const wrap = (find: (client: ServerScope) => Members): Members =>
    new Proxy(find(current.client), {
      get(target, name) {
        const member: unknown = Reflect.get(target, name);
        if (typeof name !== 'string') return member;
        if (typeof member === 'object' && member !== null && name === 'db') {
          return wrap((client) => find(client)[name] as Members);
        }
        if (typeof member !== 'function') return member;
        if (name === 'use' || name === 'scope') {
          return (...args: unknown[]) => wrap((client) => (find(client)[name] as Method)(...args) as Members);
        }
        if (isImmediate(name)) return (...args: unknown[]) => (find(current.client)[name] as Method)(...args);
        return (...args: unknown[]) =>
          session.run(
            async (base, cookie) => (find(clientOf(base, cookie))[name] as Method)(...args) as Promise<unknown>,
            isEnded
          );
      }
    });

  return wrap((client) => client as unknown as Members) as unknown as ServerScope;
}
