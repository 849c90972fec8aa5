import type { FastifyInstance } from 'fastify';
import type { DeviceList } from '../../../src/lib/domain/api.ts';
import type { Action } from '../../../src/lib/domain/audit.ts';
import { UUID_PATTERN } from '../../../src/lib/domain/ids.ts';
import type { Audit } from '../../audit/index.ts';
import type { Authenticate } from '../identity.ts';
import { notFound } from '../problem.ts';
import type { Devices } from './devices.ts';
import type { EndedSessions } from './ended.ts';

export interface DeviceParts {
  devices: Devices;
  ended: EndedSessions;
  authenticate: Authenticate;
  audit: Audit;
}

const GUARDED = { bodyLimit: 1_024, config: { guard: { resource: 'devices' } } } as const;

/** `/api/devices` (domain/api.ts): a person sees and ends her own sessions, and nobody else's. */
export async function deviceRoutes(
  app: FastifyInstance,
  { devices: known, ended, authenticate, audit }: DeviceParts
): Promise<void> {
  const noted = (action: Action, person: string): Promise<void> =>
    audit.record({ action, by: { person }, why: 'own-request', about: [person] });

  app.get('/api/devices', GUARDED, async (request): Promise<DeviceList> => {
    const { person, session } = await authenticate(request);
    const list = await known.list(person);
    const devices = list.map((device) => ({ ...device, current: device.id === session }));
    return { devices: devices.sort((a, b) => Number(b.current) - Number(a.current)) };
  });

  app.delete('/api/devices', GUARDED, async (request, reply) => {
    const { person, session } = await authenticate(request);
    for (const other of await known.endOthers(person, session)) ended.add(other);
    await noted('ended-session', person);
    return reply.code(204).send();
  });

  const one = (
    method: 'DELETE' | 'POST',
    url: string,
    act: (person: string, session: string) => Promise<boolean>,
    action: Action
  ) =>
    app.route<{ Params: { id: string } }>({
      method,
      url,
      ...GUARDED,
      handler: async (request, reply) => {
        const { person } = await authenticate(request);
        const { id } = request.params;
        if (!UUID_PATTERN.test(id) || !(await act(person, id))) throw notFound('There is no such session of yours.');
        ended.add(id);
        await noted(action, person);
        return reply.code(204).send();
      }
    });
  one('DELETE', '/api/devices/:id', known.end, 'ended-session');
  one('POST', '/api/devices/:id/lost', known.reportLost, 'reported-lost');
}
