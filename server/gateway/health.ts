import type { FastifyInstance } from 'fastify';
import type { Couch } from '../couch/types.ts';
import { unavailable } from './problem.ts';

/** What was found out so recently is still true, ms: devices that come back together ask together. */
const FRESH = 500;

/** `GET /api/health` (200 when the database answers, 503 otherwise) and `GET /api/time` (the server's clock). */
export async function healthRoutes(app: FastifyInstance, { couch }: { couch: Couch }): Promise<void> {
  let asked = { at: -Infinity, up: Promise.resolve(false) };
  const ask = async (): Promise<boolean> => {
    const signal = AbortSignal.timeout(3_000);
    const answer = await couch.fetch('gateway', '/_up', { signal }).catch(() => undefined);
    answer?.discard();
    return answer?.ok ?? false;
  };

  app.get('/api/health', { config: { guard: 'anyone' } }, async () => {
    const now = performance.now();
    if (now - asked.at > FRESH) asked = { at: now, up: ask() };
    if (!(await asked.up)) throw unavailable('The database is away.');
    return { ok: true };
  });

  app.get('/api/time', { config: { guard: 'anyone' } }, async () => ({ now: new Date().toISOString() }));
}
