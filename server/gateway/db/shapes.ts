import { DOC_ID_PATTERN } from '../../../src/lib/domain/ids.ts';
import type { Shape } from '../../access/calls.ts';

/** A path below `/db/` that has a shape, ready for CouchDB. */
export interface Target {
  database: string;
  shape: Shape;
  /** Path at CouchDB, encoded afresh from the parsed parts, so that nothing passes that was not understood. */
  path: string;
  /** Id of the one document that it is about. */
  document?: string;
}

const ENDPOINTS: Record<string, Shape> = {
  _changes: 'changes',
  _bulk_get: 'bulk-get',
  _revs_diff: 'revs-diff',
  _bulk_docs: 'bulk-docs',
  _all_docs: 'all-docs',
  _ensure_full_commit: 'ensure-full-commit'
};

/** Replication checkpoints: PouchDB and CouchDB name them by a hash. */
const LOCAL_ID = /^[A-Za-z0-9_.\-=+]{1,200}$/;
const RECEIPT_ID = /^receipt:/;

const isDocId = (id: string): boolean => DOC_ID_PATTERN.test(id.replace(RECEIPT_ID, ''));

const decode = (part: string): string | undefined => {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
};

/**
 * Understands the raw path of a request, `/db/<database>/…` without the query: decoded once, part by part, compared
 * with what there is. Attachments, design documents, views and administration have no shape.
 */
export function parseTarget(rawPath: string): Target | undefined {
  const parts = rawPath.split('/').slice(2).map(decode);
  if (parts.at(-1) === '') parts.pop();
  const [database, first, second, ...more] = parts;
  if (!database || parts.includes(undefined) || more.length > 0) return undefined;
  const root = `/${encodeURIComponent(database)}`;
  if (first === undefined) return { database, shape: 'info', path: root };
  if (first === '_local') {
    if (second === undefined || !LOCAL_ID.test(second)) return undefined;
    return { database, shape: 'local', path: `${root}/_local/${encodeURIComponent(second)}` };
  }
  if (second !== undefined) return undefined;
  if (Object.hasOwn(ENDPOINTS, first)) return { database, shape: ENDPOINTS[first] as Shape, path: `${root}/${first}` };
  if (!isDocId(first)) return undefined;
  return { database, shape: 'doc', path: `${root}/${encodeURIComponent(first)}`, document: first };
}
