import type { FastifyInstance } from 'fastify';
import { bulkAnswer } from '../answers.ts';
import { USERS } from '../auth/accounts.ts';
import { inDatabase, type Context } from '../context.ts';
import { badRequest } from '../errors.ts';
import { incoming } from '../incoming.ts';
import { isRev } from '../revisions.ts';
import { openRevs } from '../leaves.ts';
import { readArray, readBody, readQuery } from '../params.ts';
import type { Database } from '../store/database.ts';
import { missingRevs, readTree } from '../store/tree.ts';

const GET_OPTIONS = { revs: 'boolean', latest: 'boolean', attachments: 'boolean' } as const;

interface Wanted {
  id: string;
  rev?: string;
}

function readWanted(value: unknown): Wanted {
  const { id, rev } = readBody(value);
  if (typeof id !== 'string' || (rev !== undefined && !isRev(rev)))
    throw badRequest('A wanted document has an id and may have a revision');
  return rev === undefined ? { id } : { id, rev };
}

/** One row of `_bulk_get`; a missing document is an error inside its row, with the shape that replicators expect. */
async function bulkGet(database: Database, { id, rev }: Wanted, options: { revs?: boolean; latest?: boolean }) {
  const missing = (which: string) => ({ error: { id, rev: which, error: 'not_found', reason: 'missing' } });
  try {
    if (rev === undefined) return { id, docs: [{ ok: await database.pouch.get(id, { revs: options.revs }) }] };
    const leaves = await openRevs(database.pouch, id, [rev], options);
    return { id, docs: leaves.map((leaf) => ('ok' in leaf ? { ok: leaf.ok } : missing(leaf.missing))) };
  } catch (fault) {
    if ((fault as { status?: number }).status !== 404) throw fault;
    return { id, docs: [missing(rev ?? 'undefined')] };
  }
}

/** Many documents in one request. */
export function bulkRoutes(app: FastifyInstance, context: Context): void {
  app.post('/:db/_bulk_docs', (request, reply) =>
    inDatabase(context, request, async (database) => {
      readQuery(request.query, {});
      const body = readBody(request.body);
      const newEdits = body.new_edits !== false;
      const docs = await incoming(readArray(body, 'docs'), database.name, request.couchBytes);
      const results = await database.write(docs, newEdits, request.couchUser);
      if (database.name === USERS) context.accounts.forget();
      reply.code(201);
      return results.map(bulkAnswer);
    })
  );

  app.post('/:db/_bulk_get', (request) =>
    inDatabase(context, request, async (database) => {
      const { revs, latest } = readQuery(request.query, GET_OPTIONS);
      const wanted = readArray(readBody(request.body), 'docs').map(readWanted);
      const results: unknown[] = [];
      for (let from = 0; from < wanted.length; from += 50) {
        const page = wanted.slice(from, from + 50);
        results.push(...(await Promise.all(page.map((one) => bulkGet(database, one, { revs, latest })))));
      }
      return { results };
    })
  );

  app.post('/:db/_revs_diff', (request) =>
    inDatabase(context, request, async (database) => {
      readQuery(request.query, {});
      const answer: Record<string, { missing: string[] }> = {};
      for (const [id, revs] of Object.entries(readBody(request.body))) {
        if (!Array.isArray(revs) || !revs.every(isRev)) throw badRequest('Revisions must be in arrays.');
        const missing = missingRevs(await readTree(database.pouch, id), revs);
        if (missing.length > 0) answer[id] = { missing };
      }
      return answer;
    })
  );
}
