import type { FastifyInstance } from 'fastify';
import type { Couch } from '../couch/types.ts';
import { unavailable } from './problem.ts';

/** `GET /api/health` (200 when the database answers, 503 otherwise) and `GET /api/time` (the server's clock). */
export async function healthRoutes(app: FastifyInstance, { couch }: { couch: Couch }): Promise<void> {
  app.get('/api/health', async () => {
    const signal = AbortSignal.timeout(3_000);
    const answer = await couch.fetch('gateway', '/_up', { signal }).catch(() => undefined);
    await answer?.body?.cancel();
    if (!answer?.ok) throw unavailable('The database is away.');
    return { ok: true };
  });

  app.get('/api/time', async () => ({ now: new Date().toISOString() }));
}
