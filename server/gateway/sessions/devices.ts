import type { Device } from '../../../src/lib/domain/api.ts';
import { REGISTRY } from '../../../src/lib/domain/databases.ts';
import type { Couch } from '../../couch/types.ts';
import { openDatabase } from '../../registry/database.ts';
import {
  isOver,
  lostId,
  pointerPrefix,
  sessionId,
  sessionOf,
  type LostDocument,
  type SessionDocument
} from './documents.ts';
import type { Sessions } from './store.ts';

/** The devices that a person is signed in on, and those that she reported lost. */
export interface Devices {
  /** Those used last come first. */
  list(person: string): Promise<Omit<Device, 'current'>[]>;
  /** Ends one session of this person; false when it is not hers. */
  end(person: string, session: string): Promise<boolean>;
  /** Ends all sessions but this one; answers which. */
  endOthers(person: string, kept?: string): Promise<string[]>;
  /** Ends the session, and has the device told at its next contact that it was lost; false when it is not hers. */
  reportLost(person: string, session: string): Promise<boolean>;
}

const newsOf = ({ lostAt, toldAt, destroyedAt }: LostDocument) => ({
  lostAt,
  ...(toldAt ? { toldAt } : {}),
  ...(destroyedAt ? { destroyedAt } : {})
});

const describe = (document: SessionDocument | LostDocument): Omit<Device, 'current'> => ({
  id: sessionOf(document._id),
  createdAt: document.createdAt,
  usedAt: document.usedAt,
  ...(document.browser ? { browser: document.browser } : {}),
  ...(document.system ? { system: document.system } : {}),
  ...(document.kiosk ? { kiosk: document.kiosk } : {}),
  ...(document.type === 'lost-session' ? newsOf(document) : {})
});

/** `clock` gives ms since 1970. */
export function openDevices(couch: Couch, sessions: Pick<Sessions, 'end'>, clock: () => number = Date.now): Devices {
  const database = openDatabase(couch, 'gateway', REGISTRY);

  const documentsOf = async (person: string): Promise<(SessionDocument | LostDocument)[]> => {
    const pointers = await database.byPrefix(pointerPrefix(person));
    const ids = pointers.map(({ _id }) => sessionOf(_id)).flatMap((session) => [sessionId(session), lostId(session)]);
    const found = await database.byIds<SessionDocument | LostDocument>(ids);
    return [...found.values()].filter((document) => document.person === person && !isOver(document, clock()));
  };

  const sessionsOf = async (person: string): Promise<SessionDocument[]> =>
    (await documentsOf(person)).filter((document) => document.type === 'session');

  const own = async (person: string, session: string): Promise<SessionDocument | undefined> => {
    const document = await database.get<SessionDocument>(sessionId(session));
    return document?.person === person ? document : undefined;
  };

  return {
    async list(person) {
      const documents = await documentsOf(person);
      return documents.map(describe).sort((a, b) => b.usedAt.localeCompare(a.usedAt));
    },

    async end(person, session) {
      if (!(await own(person, session))) return false;
      await sessions.end(session);
      return true;
    },

    async endOthers(person, kept) {
      const others = (await sessionsOf(person)).map(({ _id }) => sessionOf(_id)).filter((session) => session !== kept);
      for (const session of others) await sessions.end(session);
      return others;
    },

    async reportLost(person, session) {
      const document = await own(person, session);
      if (!document) return false;
      const lostAt = new Date(clock()).toISOString();
      const lost: LostDocument = { ...document, _id: lostId(session), _rev: undefined, type: 'lost-session', lostAt };
      await database.putUnlessMoved(lost);
      await sessions.end(session, 'lost');
      return true;
    }
  };
}
