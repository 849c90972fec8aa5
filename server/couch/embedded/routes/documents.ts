import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { writtenRev } from '../answers.ts';
import { USERS } from '../auth/accounts.ts';
import { inDatabase, param, type Context } from '../context.ts';
import { badRequest, conflict, notFound, unsupported } from '../errors.ts';
import { incoming } from '../incoming.ts';
import { latestOf, openRevs } from '../leaves.ts';
import { readBody, readQuery } from '../params.ts';
import { isRev } from '../revisions.ts';
import type { Database } from '../store/database.ts';
import type { Doc } from '../store/pouch.ts';

/** Asked for by replicators; there are no attachments here. */
const MEANINGLESS = { attachments: 'boolean', att_encoding_info: 'boolean' } as const;

const READ = {
  rev: 'text',
  revs: 'boolean',
  revs_info: 'boolean',
  open_revs: 'text',
  latest: 'boolean',
  conflicts: 'boolean'
} as const;

const unquote = (tag: string): string => tag.replace(/^(W\/)?"(.*)"$/, '$2');

const pathOf = (database: string, id: string): string => `/${encodeURIComponent(database)}/${encodeURIComponent(id)}`;

/** The document id of the path; what begins with an underscore is a design document or a route we do not have. */
function idOf(request: FastifyRequest): string {
  const name = param(request, 'design');
  const id = name ? `_design/${name}` : param(request, 'doc');
  if (id.startsWith('_') && !id.startsWith('_design/')) throw unsupported(`/{db}/${id}`);
  return id;
}

/** The revision that a request names in its query, `If-Match` or body; they must not contradict each other. */
function revisionOf(request: FastifyRequest, rev: string | undefined, body?: Doc): string | undefined {
  const header = request.headers['if-match'];
  const given = [rev, header === undefined ? undefined : unquote(header), body?._rev].filter(
    (one) => one !== undefined
  );
  if (new Set(given).size > 1)
    throw badRequest('Document rev from request body and query string have different values');
  return given[0];
}

async function readDocument(database: Database, request: FastifyRequest, reply: FastifyReply) {
  const id = idOf(request);
  const { open_revs: open, ...options } = readQuery(request.query, READ, MEANINGLESS);
  if (open !== undefined) {
    const revs = open === 'all' ? 'all' : (readQuery({ open_revs: open }, { open_revs: 'json' }).open_revs as string[]);
    const sound = revs === 'all' || (Array.isArray(revs) && revs.every(isRev));
    if (!sound) throw badRequest('open_revs must be all or an array of revisions');
    const leaves = await openRevs(database.pouch, id, revs, options);
    return leaves.map((leaf) => ('ok' in leaf ? { ok: leaf.ok } : { missing: leaf.missing }));
  }
  const { latest, rev, ...shown } = options;
  if (rev !== undefined && !isRev(rev)) throw badRequest('Invalid rev format');
  const wanted = rev !== undefined && latest ? await latestOf(database.pouch, id, rev) : rev;
  const doc = await database.pouch.get(id, { ...shown, ...(wanted === undefined ? {} : { rev: wanted }) });
  const tag = `"${String(doc._rev)}"`;
  reply.header('etag', tag);
  const plain = !Object.values(shown).includes(true);
  if (plain && request.headers['if-none-match']?.split(/\s*,\s*/).includes(tag)) {
    return reply.code(304).send();
  }
  return doc;
}

async function writeDocument(
  context: Context,
  database: Database,
  request: FastifyRequest,
  doc: Doc,
  newEdits: boolean
) {
  const [ready] = await incoming([doc], database.name, request.couchBytes);
  if (!ready) throw badRequest('Document must be a JSON object');
  const [result] = await database.write([ready], newEdits, request.couchUser);
  if (database.name === USERS) context.accounts.forget();
  if (!newEdits && !result) return { id: ready._id, rev: String(ready._rev) };
  return { id: result?.id ?? ready._id, rev: writtenRev(result) };
}

/** `GET`, `PUT`, `DELETE` of documents and `POST` of a new one. `HEAD` comes with `GET`. */
export function documentRoutes(app: FastifyInstance, context: Context): void {
  const answer = (reply: FastifyReply, code: number, database: string, { id, rev }: { id: string; rev: string }) => {
    reply.code(code).header('etag', `"${rev}"`).header('location', pathOf(database, id));
    return { ok: true, id, rev };
  };

  app.post('/:db', (request, reply) =>
    inDatabase(context, request, async (database) => {
      readQuery(request.query, {});
      const doc = readBody(request.body) as Doc;
      return answer(reply, 201, database.name, await writeDocument(context, database, request, doc, true));
    })
  );

  for (const path of ['/:db/:doc', '/:db/_design/:design']) {
    app.get(path, (request, reply) =>
      inDatabase(context, request, (database) => readDocument(database, request, reply))
    );

    app.put(path, (request, reply) =>
      inDatabase(context, request, async (database) => {
        const id = idOf(request);
        const query = readQuery(request.query, { rev: 'text', new_edits: 'boolean' });
        const body = readBody(request.body) as Doc;
        if (body._id !== undefined && body._id !== id) throw badRequest('Document ID must match the one in the URL.');
        const rev = revisionOf(request, query.rev, body);
        const doc: Doc = { ...body, _id: id, ...(rev === undefined ? {} : { _rev: rev }) };
        const newEdits = query.new_edits !== false;
        if (!newEdits && rev === undefined) throw badRequest('A revision is needed with new_edits=false.');
        const written = await writeDocument(context, database, request, doc, newEdits);
        return answer(reply, doc._deleted === true ? 200 : 201, database.name, written);
      })
    );

    app.delete(path, (request, reply) =>
      inDatabase(context, request, async (database) => {
        const id = idOf(request);
        const rev = revisionOf(request, readQuery(request.query, { rev: 'text' }).rev);
        await database.pouch.get(id);
        if (rev === undefined) throw conflict();
        const doc: Doc = { _id: id, _rev: rev, _deleted: true };
        if (database.name === USERS) context.accounts.forget();
        return answer(reply, 200, database.name, await writeDocument(context, database, request, doc, true));
      })
    );
  }

  app.all('/:db/:doc/*', () => {
    throw unsupported('attachments, views or other functions of documents');
  });
  app.all('/:db/_design/:design/*', () => {
    throw unsupported('views or other functions of design documents');
  });
  app.get('/favicon.ico', () => {
    throw notFound('missing');
  });
}
