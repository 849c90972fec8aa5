import { randomText } from '../../src/lib/domain/crockford.ts';
import { HAND_OFF_CODE } from '../../src/lib/domain/kiosk.ts';
import type { Couch } from '../couch/types.ts';
import { openOnce } from '../registry/once.ts';

/** From the phone in the hand to the keyboard of the kiosk, ms. */
export const HAND_OFF_MS = 3 * 60_000;

/** Codes that let a person in. */
export interface HandOffs {
  give(person: string): Promise<{ code: string; until: number }>;
  /** The person of a code, which is used up by that; undefined when there is none or it is too late. */
  take(code: string): Promise<string | undefined>;
  /** Removes what nobody used. */
  sweep(): Promise<void>;
}

/** `clock` gives ms since 1970. */
export function openHandOffs(couch: Couch, clock: () => number = Date.now): HandOffs {
  const secret = (): string => randomText(HAND_OFF_CODE);
  const codes = openOnce<string>(couch, { type: 'handoff', name: 'code', lifeMs: HAND_OFF_MS, secret, clock });
  return {
    give: async (person) => ({ code: await codes.give(person), until: clock() + HAND_OFF_MS }),
    take: codes.take,
    sweep: codes.sweep
  };
}
