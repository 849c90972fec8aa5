import type { FastifyInstance } from 'fastify';
import {
  enrolRequest,
  handOffRequest,
  kioskProof,
  type Enrolled,
  type HandOff,
  type KioskProof
} from '../../src/lib/domain/kiosk.ts';
import type { HandOffs } from '../kiosk/hand-offs.ts';
import { kioskOf, type KioskDocument, type Kiosks } from '../kiosk/kiosks.ts';
import type { Registry } from '../registry/types.ts';
import type { Authenticate } from './identity.ts';
import { parse } from './parse.ts';
import { Problem } from './problem.ts';
import type { Admit } from './sessions/admit.ts';
import { makeThrottle } from './sessions/throttle.ts';

export interface KioskParts {
  kiosks: Kiosks;
  handOffs: HandOffs;
  registry: Pick<Registry, 'person'>;
  admit: Admit;
  authenticate: Authenticate;
}

const ANYONE = { bodyLimit: 1_024, config: { guard: 'anyone' } } as const;

/** `/api/kiosk` and `/api/handoff` (domain/kiosk.ts). A kiosk proves itself by its secret and may do nothing else with it. */
export async function kioskRoutes(app: FastifyInstance, parts: KioskParts): Promise<void> {
  const { kiosks, handOffs, registry, admit, authenticate } = parts;
  const throttle = makeThrottle();

  /** Counts a try of a code; `by` is who tries it. */
  async function tried<T>(by: string, address: string, take: () => Promise<T | undefined>): Promise<T> {
    const wait = throttle.attempt(by, address);
    if (wait > 0) throw new Problem(429, 'too-many-tries', 'Too many wrong codes.', wait);
    const taken = await take();
    if (taken === undefined) {
      throttle.failed(by, address);
      throw new Problem(401, 'wrong-code', 'The code is wrong, used or too old.');
    }
    throttle.succeeded(by, address);
    return taken;
  }

  const known = async (proof: KioskProof): Promise<KioskDocument> => {
    const kiosk = await kiosks.check(proof);
    if (!kiosk) throw new Problem(401, 'kiosk-ended', 'This is no kiosk of the office, or no longer.');
    return kiosk;
  };

  app.post('/api/kiosk', ANYONE, async (request): Promise<Enrolled> => {
    const { code } = parse(enrolRequest, request.body);
    return tried('enrol', request.ip, () => kiosks.enrol(code));
  });

  app.post('/api/kiosk/check', ANYONE, async (request, reply) => {
    await known(parse(kioskProof, request.body));
    return reply.code(204).send();
  });

  app.post('/api/kiosk/session', ANYONE, async (request) => {
    const { code, ...proof } = parse(handOffRequest, request.body);
    const kiosk = await known(proof);
    const person = await tried(kioskOf(kiosk), request.ip, async () => {
      const id = await handOffs.take(code);
      return id === undefined ? undefined : registry.person(id);
    });
    return admit(person, request, kiosk);
  });

  app.post(
    '/api/handoff',
    { bodyLimit: 1_024, config: { guard: { resource: 'handoff' } } },
    async (request): Promise<HandOff> => {
      const { person } = await authenticate(request);
      const { code, until } = await handOffs.give(person);
      return { code, expiresAt: new Date(until).toISOString(), now: new Date().toISOString() };
    }
  );
}
