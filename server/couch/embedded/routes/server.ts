import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { assertServerAdmin } from '../auth/access.ts';
import type { Context } from '../context.ts';
import { describe } from '../describe.ts';
import { badRequest, unsupported } from '../errors.ts';
import { FEED_TIMEOUT, sendFeed, type FeedMode } from '../feed.ts';
import { readArray, readBody, readQuery } from '../params.ts';
import { formatSeq, parseSeq } from '../sequences.ts';

const MODES = ['normal', 'longpoll', 'continuous'];

/** `feed`, `heartbeat` and `timeout` of a query. `heartbeat=true` is the default interval. */
export function readFeed(query: { feed?: string; heartbeat?: string; timeout?: number }) {
  const mode = query.feed ?? 'normal';
  if (!MODES.includes(mode)) throw unsupported(`feed=${mode}`);
  const { heartbeat: given } = query;
  const heartbeat =
    given === undefined || given === 'false' ? undefined : given === 'true' ? FEED_TIMEOUT : Number(given);
  if (heartbeat !== undefined && !(heartbeat >= 1)) throw badRequest('heartbeat must be a number of milliseconds.');
  return { mode: mode as FeedMode, heartbeat, timeout: Math.min(query.timeout ?? FEED_TIMEOUT, FEED_TIMEOUT) };
}

/** Routes of the server as a whole. `uuid` names this data folder. */
export function serverRoutes(app: FastifyInstance, context: Context, uuid: string): void {
  app.get('/', async () => ({
    couchdb: 'Welcome',
    version: '3.5.0',
    uuid,
    features: [],
    vendor: { name: 'SmartASN embedded database' }
  }));

  app.get('/_up', async () => ({ status: 'ok', seeds: {} }));

  app.get('/_uuids', async (request) => {
    const { count = 1 } = readQuery(request.query, { count: 'count' });
    if (count > 1000) throw badRequest('count parameter too large');
    return { uuids: Array.from({ length: count }, () => randomUUID().replaceAll('-', '')) };
  });

  app.get('/_all_dbs', async (request) => {
    assertServerAdmin(request.couchUser);
    const query = readQuery(request.query, {
      limit: 'count',
      skip: 'count',
      startkey: 'json',
      endkey: 'json',
      start_key: 'json',
      end_key: 'json',
      descending: 'boolean'
    });
    const from = query.startkey ?? query.start_key;
    const to = query.endkey ?? query.end_key;
    const names = query.descending ? context.store.catalog.names().reverse() : context.store.catalog.names();
    const [low, high] = query.descending ? [to, from] : [from, to];
    const skip = query.skip ?? 0;
    return names
      .filter((name) => (low === undefined || name >= String(low)) && (high === undefined || name <= String(high)))
      .slice(skip, query.limit === undefined ? undefined : skip + query.limit);
  });

  app.post('/_dbs_info', async (request) => {
    assertServerAdmin(request.couchUser);
    const keys = readArray(readBody(request.body), 'keys');
    const infos: unknown[] = [];
    for (const key of keys) {
      const known = context.store.catalog.find(String(key)) !== undefined;
      infos.push(known ? { key, info: await describe(context, String(key)) } : { key, error: 'not_found' });
    }
    return infos;
  });

  app.get('/_db_updates', (request, reply) => {
    assertServerAdmin(request.couchUser);
    const { updates } = context.store;
    const query = readQuery(request.query, {
      feed: 'text',
      since: 'text',
      limit: 'count',
      timeout: 'count',
      heartbeat: 'text'
    });
    const feed = readFeed(query);
    const start = parseSeq(query.since, updates.token);
    const source = {
      signal: updates.signal,
      pageSize: 1000,
      read: async (since: number, limit: number) => {
        const found = updates.since(since);
        const page = found.slice(0, limit);
        const rows = page.map(({ name, type, seq }) => ({ db_name: name, type, seq: formatSeq(seq, updates.token) }));
        return { rows, last: page.at(-1)?.seq ?? since, more: found.length > page.length };
      },
      end: async (last: number) => ({ last_seq: formatSeq(last, updates.token) })
    };
    const since = start === 'now' ? updates.last : start;
    return sendFeed(reply, source, { ...feed, since, limit: query.limit ?? Infinity }, () => undefined);
  });
}
