import type { FastifyRequest } from 'fastify';
import type { SessionGrant } from '../../../src/lib/domain/api.ts';
import type { Person, Registry } from '../../registry/types.ts';
import type { Keys } from '../keys.ts';
import { makeGrant } from './grant.ts';
import type { Sessions } from './store.ts';
import { describeDevice } from './user-agent.ts';

export interface AdmitParts {
  registry: Pick<Registry, 'openPersonDatabase'>;
  sessions: Pick<Sessions, 'begin'>;
  keys: Keys;
}

/** Lets a person in who has proved who she is, by whatever way, and gives the tokens of the device that asks. */
export type Admit = (
  person: Person,
  request: Pick<FastifyRequest, 'headers'>,
  kiosk?: { name: string }
) => Promise<SessionGrant>;

export const makeAdmit =
  ({ registry, sessions, keys }: AdmitParts): Admit =>
  async (person, { headers }, kiosk) => {
    await registry.openPersonDatabase(person);
    const device = { ...describeDevice(headers['user-agent']), ...(kiosk && { kiosk: kiosk.name }) };
    const { session, refresh } = await sessions.begin(person.id, device);
    return makeGrant(keys, { person: person.id, session }, refresh);
  };
