import { ACCESS_SECONDS } from './tokens.ts';

/** Sessions that ended while access tokens of theirs may still live. */
export interface EndedSessions {
  add(session: string): void;
  has(session: string): boolean;
}

/** Remembers each for as long as an access token lives; `clock` gives ms since 1970. */
export function makeEndedSessions(clock: () => number = Date.now): EndedSessions {
  const until = new Map<string, number>();
  return {
    add(session) {
      const now = clock();
      for (const [old, end] of until) {
        if (end > now) break;
        until.delete(old);
      }
      until.set(session, now + ACCESS_SECONDS * 1000);
    },
    has: (session) => (until.get(session) ?? 0) > clock()
  };
}
