import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { enter, type Context } from '../context.ts';
import { badRequest, unsupported } from '../errors.ts';
import { sendFeed, type FeedSource } from '../feed.ts';
import { readArray, readBody, readQuery } from '../params.ts';
import { formatSeq, parseSeq } from '../sequences.ts';
import type { Database } from '../store/database.ts';
import { readFeed } from './server.ts';

const QUERY = {
  feed: 'text',
  since: 'text',
  limit: 'count',
  timeout: 'count',
  heartbeat: 'text',
  include_docs: 'boolean',
  conflicts: 'boolean',
  descending: 'boolean',
  style: 'text',
  seq_interval: 'count',
  filter: 'text',
  doc_ids: 'json',
  attachments: 'boolean',
  att_encoding_info: 'boolean'
} as const;

interface Wanted {
  options: Record<string, unknown>;
  descending: boolean;
  interval: number;
}

/** The ids of `filter=_doc_ids`, from the body or the query; other filters do not exist here. */
function readIds(request: FastifyRequest, filter: string | undefined, ids: unknown): string[] | undefined {
  if (filter !== undefined && filter !== '_doc_ids') throw unsupported(`filter=${filter}`);
  if (filter === undefined) return undefined;
  const list = request.method === 'POST' ? readArray(readBody(request.body ?? {}), 'doc_ids') : ids;
  if (!Array.isArray(list) || list.some((id) => typeof id !== 'string'))
    throw badRequest('`doc_ids` must be an array of ids.');
  return list as string[];
}

function sourceOf(database: Database, { options, descending, interval }: Wanted): FeedSource {
  let count = 0;
  return {
    signal: database.signal,
    pageSize: descending ? Infinity : options.include_docs ? 200 : 1000,
    read: async (since, limit) => {
      const head = await database.updateSeq();
      if (!descending && since >= head) return { rows: [], more: false, last: since };
      const found = await database.changes(since, limit === Infinity ? undefined : limit, options);
      const rows = found.map(({ id, seq, changes, deleted, doc }) => {
        count += 1;
        const shown = count % interval === 0 ? formatSeq(seq, database.incarnation) : null;
        return { seq: shown, id, changes, ...(deleted ? { deleted } : {}), ...(doc ? { doc } : {}) };
      });
      const more = found.length === limit;
      const last = found.at(-1)?.seq ?? 0;
      return { rows, more, last: more || descending ? last || since : Math.max(head, last, since) };
    },
    end: async (last, complete) => ({
      last_seq: formatSeq(last, database.incarnation),
      pending: complete || descending ? 0 : await database.pending.after(last)
    })
  };
}

/** `_changes`: normal, longpoll and continuous. */
export function changesRoutes(app: FastifyInstance, context: Context): void {
  const handler = async (request: FastifyRequest, reply: FastifyReply) => {
    const name = enter(context, request);
    const query = readQuery(request.query, QUERY);
    const feed = readFeed(query);
    const { style = 'main_only', descending = false, conflicts = false, include_docs: docs = false } = query;
    if (style !== 'main_only' && style !== 'all_docs') throw badRequest('style must be main_only or all_docs');
    if (descending && feed.mode !== 'normal') throw unsupported('descending feeds');
    const ids = readIds(request, query.filter, query.doc_ids);
    const options = { style, descending, conflicts, include_docs: docs, ...(ids ? { doc_ids: ids } : {}) };
    const since = parseSeq(query.since ?? request.headers['last-event-id'], context.store.catalog.get(name).id);
    const { database, release } = await context.store.databases.acquire(name);
    const source = sourceOf(database, { options, descending, interval: query.seq_interval || 1 });
    const start = since === 'now' ? await database.updateSeq() : since;
    const limit = query.limit === undefined ? Infinity : Math.max(1, query.limit);
    return sendFeed(reply, source, { ...feed, since: start, limit }, release);
  };
  app.get('/:db/_changes', handler);
  app.post('/:db/_changes', handler);
}
