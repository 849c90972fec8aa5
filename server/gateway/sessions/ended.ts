import { ACCESS_SECONDS } from './tokens.ts';

/** Sessions that ended while access tokens of theirs may still live. */
export interface EndedSessions {
  add(session: string): void;
  has(session: string): boolean;
  /** Calls `listener` when this session ends; returns how to stop that. */
  listen(session: string, listener: () => void): () => void;
}

/** Remembers each for as long as an access token lives; `clock` gives ms since 1970. */
export function makeEndedSessions(clock: () => number = Date.now): EndedSessions {
  const until = new Map<string, number>();
  const listeners = new Map<string, Set<() => void>>();
  return {
    add(session) {
      const now = clock();
      for (const [old, end] of until) {
        if (end > now) break;
        until.delete(old);
      }
      until.set(session, now + ACCESS_SECONDS * 1000);
      for (const listener of listeners.get(session) ?? []) listener();
    },
    has: (session) => (until.get(session) ?? 0) > clock(),
    listen(session, listener) {
      const those = listeners.get(session) ?? new Set();
      listeners.set(session, those.add(listener));
      return () => {
        those.delete(listener);
        if (those.size === 0 && listeners.get(session) === those) listeners.delete(session);
      };
    }
  };
}
