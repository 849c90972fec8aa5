import type { Shape } from '../../access/calls.ts';
import { badRequest } from '../problem.ts';

/** Parameters that replication and plain reading use; filters, views and attachments are not among them. */
const PARAMETERS: Record<Shape, readonly string[]> = {
  info: [],
  changes: [
    'conflicts',
    'descending',
    'doc_ids',
    'feed',
    'filter',
    'heartbeat',
    'include_docs',
    'limit',
    'seq_interval',
    'since',
    'style',
    'timeout'
  ],
  'bulk-get': ['latest', 'revs', 'attachments'],
  'revs-diff': [],
  'bulk-docs': [],
  'ensure-full-commit': [],
  'all-docs': [
    'conflicts',
    'descending',
    'end_key',
    'endkey',
    'include_docs',
    'inclusive_end',
    'key',
    'keys',
    'limit',
    'skip',
    'start_key',
    'startkey',
    'update_seq'
  ],
  local: [],
  doc: ['attachments', 'conflicts', 'latest', 'new_edits', 'open_revs', 'rev', 'revs', 'revs_info']
};

/** Values that only one of is understood. */
const VALUES: Record<string, readonly string[]> = {
  feed: ['normal', 'longpoll'],
  filter: ['_doc_ids']
};

/** Sent by PouchDB against the caches of old browsers; means nothing to CouchDB. */
const DROPPED = new Set(['_nonce']);

/** The query for CouchDB with a leading `?`, or nothing; throws 400 for a parameter that we do not pass on. */
export function checkQuery(shape: Shape, query: string): string {
  const kept = new URLSearchParams();
  for (const [name, value] of new URLSearchParams(query)) {
    if (DROPPED.has(name)) continue;
    if (!PARAMETERS[shape].includes(name))
      throw badRequest(`The parameter ${name.slice(0, 40)} is not supported here.`);
    if (VALUES[name] && !VALUES[name].includes(value)) throw badRequest(`This value of ${name} is not supported.`);
    kept.append(name, value);
  }
  const text = kept.toString();
  return text && `?${text}`;
}
