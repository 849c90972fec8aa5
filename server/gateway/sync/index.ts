import type { FastifyInstance } from 'fastify';
import { mayFollowOwn } from '../../access/allows.ts';
import type { EndedSessions } from '../sessions/ended.ts';
import { abortOnClose } from '../db/proxy.ts';
import type { Sightings } from '../audit/sightings.ts';
import type { Authenticate } from '../identity.ts';
import type { FindPerson } from '../people.ts';
import { sendSmall, sendStream } from './answer.ts';
import { sendLive } from './live.ts';
import type { ReadOwn } from './own.ts';
import { checkMembership, closedTo, parseRequest } from './request.ts';
import { makeRoom, type Room } from './room.ts';
import { lastRow, openRounds, rowsOf, type RoundParts } from './rounds.ts';

export interface SyncParts extends RoundParts {
  authenticate: Authenticate;
  ended: Pick<EndedSessions, 'listen'>;
  findPerson: FindPerson;
  sightings: Sightings;
  /** For long answers. */
  room?: Room;
}

const nothing: ReadOwn = async () => undefined;

/** 200 sources with checkpoints of 2,000 characters. */
const BODY_LIMIT = 512 * 1024;

/** `POST /sync` (domain/sync-protocol.ts): all databases of a device in one request and one stream. */
export async function syncRoutes(app: FastifyInstance, parts: SyncParts): Promise<void> {
  const { authenticate, ended, findPerson, sightings, room = makeRoom() } = parts;

  app.post('/sync', { bodyLimit: BODY_LIMIT, config: { guard: 'database' } }, async (request, reply) => {
    const { person: id, session } = await authenticate(request);
    const asked = parseRequest(request.body);
    const remembered = await findPerson(id);
    // Who was made a member a moment ago hears of it before what is remembered here is looked at again.
    const principal = closedTo(remembered, asked).length > 0 ? await findPerson(id, true) : remembered;
    checkMembership(principal, asked);
    for (const { name } of asked.sources) await sightings.read(principal, name);
    const signal = abortOnClose(reply);
    const accept = request.headers['accept-encoding'];
    const mayGoOn = async (): Promise<boolean> => {
      try {
        await authenticate(request);
        checkMembership(await findPerson(id), asked);
        return true;
      } catch {
        return false;
      }
    };
    // Whose session ends while she is held comes again, and hears why it has ended.
    const over = new AbortController();
    reply.raw.on(
      'close',
      ended.listen(session, () => over.abort())
    );
    const holding = AbortSignal.any([signal, over.signal]);
    const rounds = openRounds(mayFollowOwn(principal) ? parts : { ...parts, own: nothing }, id, asked, holding);
    const news = await rounds.next();
    if (news.length === 0) return sendSmall(reply, lastRow());
    if (asked.live) return sendLive(reply, rounds.all(news, mayGoOn), signal, accept);
    return sendStream(reply, rowsOf(news), signal, accept, room);
  });
}
