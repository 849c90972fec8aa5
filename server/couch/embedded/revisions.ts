import { badRequest } from './errors.ts';
import type { Doc } from './store/pouch.ts';

const REV = /^[1-9]\d{0,14}-[0-9a-zA-Z]{1,100}$/;
const HASH = /^[0-9a-zA-Z]{1,100}$/;

/** Whether this is written like a revision. */
export const isRev = (value: unknown): value is string => typeof value === 'string' && REV.test(value);

/** Throws 400 unless `_rev` and `_revisions` have their form and agree: PouchDB trusts them. */
export function assertRevisions({ _rev: rev, _revisions: revisions }: Doc): void {
  if (rev !== undefined && !isRev(rev)) throw badRequest('Invalid rev format');
  if (revisions === undefined) return;
  const { start, ids } = (revisions ?? {}) as { start?: unknown; ids?: unknown };
  const sound = Number.isInteger(start) && Array.isArray(ids) && ids.length > 0 && ids.length <= Number(start);
  if (!sound || !ids.every((id) => typeof id === 'string' && HASH.test(id)) || Number(start) > 1e9) {
    throw badRequest('Invalid _revisions');
  }
  if (rev !== undefined && rev !== `${Number(start)}-${String(ids[0])}`)
    throw badRequest('_rev and _revisions disagree');
}
