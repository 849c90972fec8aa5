import type { Devices } from './devices.ts';
import type { EndedSessions } from './ended.ts';

/** Ends all sessions of a person, with effect at once; not the one that is `kept`. */
export type EndAllSessions = (person: string, kept?: string) => Promise<void>;

export const makeEndAll =
  (devices: Pick<Devices, 'endOthers'>, ended: EndedSessions): EndAllSessions =>
  async (person, kept) => {
    for (const session of await devices.endOthers(person, kept)) ended.add(session);
  };
