import type { WriteResult } from './store/pouch.ts';
import { CouchError, conflict, forbidden } from './errors.ts';

/** One result of `_bulk_docs` as CouchDB words it. */
export function bulkAnswer(result: WriteResult): Record<string, unknown> {
  if (result.ok) return { ok: true, id: result.id, rev: result.rev };
  const error = result.name ?? 'unknown_error';
  const reason = error === 'conflict' ? conflict().message : (result.reason ?? result.message ?? error);
  return { id: result.id, ...(result.rev === undefined ? {} : { rev: result.rev }), error, reason };
}

/** The revision that a single write made; throws what kept it from being written. */
export function writtenRev(result: WriteResult | undefined): string {
  if (result?.ok && result.rev !== undefined) return result.rev;
  if (result?.name === 'forbidden') throw forbidden(String(result.reason));
  if (!result || result.name === 'conflict') throw conflict();
  throw new CouchError(400, String(result.name), String(result.reason ?? result.message));
}
