import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { enter, type Context } from '../context.ts';
import { PIECE, sendPieces, type Pieces } from '../pieces.ts';
import { readArray, readBody, readQuery, type Read } from '../params.ts';
import type { Database } from '../store/database.ts';
import type { AllDocsRow } from '../store/pouch.ts';

/** Rows that are read at once; between pages other requests get their turn. */
const PAGE = 500;

const QUERY = {
  key: 'json',
  keys: 'json',
  startkey: 'json',
  start_key: 'json',
  endkey: 'json',
  end_key: 'json',
  inclusive_end: 'boolean',
  descending: 'boolean',
  include_docs: 'boolean',
  conflicts: 'boolean',
  attachments: 'boolean',
  limit: 'count',
  skip: 'count',
  update_seq: 'boolean'
} as const;

interface Wanted {
  options: Record<string, unknown>;
  keys: string[] | undefined;
  limit: number;
  skip: number;
}

/** Whether a range is the wrong way round. CouchDB then answers without rows; only views refuse it. */
function isAfter(start: unknown, end: unknown, descending = false): boolean {
  return descending ? String(start) < String(end) : String(start) > String(end);
}

function readWanted(request: FastifyRequest): Wanted {
  const query: Read<typeof QUERY> = readQuery(request.query, QUERY);
  const body = request.method === 'POST' ? readBody(request.body ?? {}) : {};
  const fromBody = Object.fromEntries(Object.entries(body).map(([name, value]) => [name, JSON.stringify(value)]));
  const merged = { ...query, ...readQuery(fromBody, { ...QUERY, keys: 'json' }) };
  const { keys, limit = Infinity, skip = 0, start_key, end_key, ...rest } = merged;
  const startkey = rest.startkey ?? start_key;
  const endkey = rest.endkey ?? end_key;
  const isReversed = startkey !== undefined && endkey !== undefined && isAfter(startkey, endkey, rest.descending);
  const bounds = { ...(startkey === undefined ? {} : { startkey }), ...(endkey === undefined ? {} : { endkey }) };
  const list = keys === undefined ? undefined : readArray({ keys }, 'keys').map(String);
  return { options: { ...rest, ...bounds }, keys: list, limit: isReversed ? 0 : limit, skip };
}

/** Rows by `keys`, in their order; `value.deleted` and `error` as CouchDB has them. */
async function* byKeys(database: Database, { options, keys = [], skip, limit }: Wanted): AsyncGenerator<AllDocsRow[]> {
  const wanted = keys.slice(skip, skip + limit);
  for (let from = 0; from < wanted.length; from += PAGE) {
    yield (await database.pouch.allDocs({ ...options, keys: wanted.slice(from, from + PAGE) })).rows;
  }
}

async function* byRange(database: Database, { options, skip, limit }: Wanted): AsyncGenerator<AllDocsRow[]> {
  let left = limit;
  let start: Record<string, unknown> = { skip };
  while (left > 0) {
    const size = Math.min(left, PAGE);
    const { rows } = await database.pouch.allDocs({ ...options, ...start, limit: size });
    yield rows;
    const last = rows.at(-1);
    if (rows.length < size || !last) return;
    left -= rows.length;
    start = { startkey: last.key, skip: 1 };
  }
}

async function* body(database: Database, wanted: Wanted): Pieces {
  const { doc_count: total } = await database.pouch.info();
  let text = `{"total_rows":${total},"offset":${wanted.skip},"rows":[\n`;
  let first = true;
  for await (const rows of wanted.keys ? byKeys(database, wanted) : byRange(database, wanted)) {
    if (rows.length === 0) continue;
    text += `${first ? '' : ',\n'}${rows.map((row) => JSON.stringify(row)).join(',\n')}`;
    first = false;
    if (text.length < PIECE) continue;
    yield text;
    text = '';
  }
  return `${text}\n]}\n`;
}

/** `_all_docs`, streamed page by page. */
export function allDocsRoutes(app: FastifyInstance, context: Context): void {
  const handler = async (request: FastifyRequest, reply: FastifyReply) => {
    const name = enter(context, request);
    const wanted = readWanted(request);
    const { database, release } = await context.store.databases.acquire(name);
    if (reply.raw.destroyed) release();
    else reply.raw.once('close', release);
    return sendPieces(reply, body(database, wanted));
  };
  app.get('/:db/_all_docs', handler);
  app.post('/:db/_all_docs', handler);
}
