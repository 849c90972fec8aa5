import type { FastifyInstance } from 'fastify';
import { personDatabase } from '../../../src/lib/domain/databases.ts';
import { SYNC_WAIT_MAX, type SyncRequest } from '../../../src/lib/domain/sync-protocol.ts';
import { abortOnClose } from '../db/proxy.ts';
import type { Authenticate } from '../identity.ts';
import type { FindPerson } from '../people.ts';
import { sendSmall, sendStream } from './answer.ts';
import { ownSequence } from './checkpoint.ts';
import type { Hub } from './hub.ts';
import type { Pages } from './pages.ts';
import { checkMembership, parseRequest } from './request.ts';
import { line, readSource } from './source.ts';

export interface SyncParts {
  hub: Hub;
  pages: Pages;
  authenticate: Authenticate;
  findPerson: FindPerson;
}

/** 200 sources with checkpoints of 2,000 characters. */
const BODY_LIMIT = 512 * 1024;

/** A held request ends a little before the device's own patience does. */
const LONGEST_HOLD = (SYNC_WAIT_MAX - 1) * 1000;

interface News {
  /** Row about the own database, or ''. */
  own: string;
  sources: AsyncGenerator<string>[];
}

/** What is new for a device: one cheap look per database, nothing read yet. */
async function look({ hub, pages }: SyncParts, person: string, { sources, own }: SyncRequest): Promise<News> {
  const [state, ...found] = await Promise.all([
    hub.state(personDatabase(person)),
    ...sources.map(({ name, checkpoint }, index) => readSource({ hub, pages }, index, name, checkpoint))
  ]);
  // A device that has just pulled knows CouchDB's own spelling of the sequence.
  const moved = state !== undefined && own !== state.seq && own !== ownSequence(state);
  return {
    own: moved ? line(['o', ownSequence(state)]) : '',
    sources: found.filter((source) => source !== undefined)
  };
}

/** The last row; to the second, so that devices that come together get the same bytes, compressed once. */
const lastRow = (): string => line(['e', Math.floor(Date.now() / 1000) * 1000]);

/**
 * The rows of the answer: one portion of each source first, because every part of the first screen wants something to
 * show, then source by source in the device's order.
 */
async function* rowsOf({ own, sources }: News): AsyncGenerator<string> {
  if (own) yield own;
  for (const source of sources) {
    const first = await source.next();
    if (!first.done) yield first.value;
  }
  for (const source of sources) yield* source;
  yield lastRow();
}

/** `POST /sync` (domain/sync-protocol.ts): all shared databases of a device in one request and one stream. */
export async function syncRoutes(app: FastifyInstance, parts: SyncParts): Promise<void> {
  const { hub, authenticate, findPerson } = parts;

  app.post('/sync', { bodyLimit: BODY_LIMIT }, async (request, reply) => {
    const { person: id } = await authenticate(request);
    const body = parseRequest(request.body);
    checkMembership(await findPerson(id), body);
    const signal = abortOnClose(reply);
    const databases = [personDatabase(id), ...body.sources.map(({ name }) => name)];
    const until = performance.now() + Math.min((body.wait ?? 0) * 1000, LONGEST_HOLD);
    for (;;) {
      const mark = hub.mark();
      const news = await look(parts, id, body);
      if (news.sources.length > 0) return sendStream(reply, rowsOf(news), signal, request.headers['accept-encoding']);
      const rest = until - performance.now();
      if (news.own || rest <= 0 || signal.aborted || hub.stopped) {
        return sendSmall(reply, news.own + lastRow());
      }
      await hub.changed(databases, mark, rest, signal);
    }
  });
}
