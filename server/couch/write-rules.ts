import { parseDatabase } from '../../src/lib/domain/databases.ts';
import { OWN_DOCUMENT_LIMIT, sizeOf, TOO_LARGE } from '../../src/lib/domain/documents/limits.ts';
import { DOC_ID_PATTERN, UUID_PATTERN, typeOf } from '../../src/lib/domain/ids.ts';

/**
 * Who may write what, in one place: the embedded database runs `refusal`, a real CouchDB runs the same rules as
 * `validate_doc_update` (`write-rules-source.ts`). They are the last line behind the gateway's authorization and the
 * courier's schemas, so they look at ids, types and sizes only: a document of a newer app must still reach the courier,
 * which answers it with a refusal that the person can read.
 */

export type RuleSet = 'person' | 'shared' | 'registry';

/** What is known about the document's writer. */
export interface UserContext {
  name: string | null;
  roles: string[];
}

export interface RuledDocument {
  _id: string;
  _deleted?: boolean;
  type?: unknown;
  edit?: unknown;
  [field: string]: unknown;
}

/** Types that only the server writes into a person's database. */
export const SERVER_TYPES: readonly string[] = ['receipt', 'record', 'membership'];

export const SESSION_PREFIX = 'session:';

/** A receipt's id is `receipt:` and the id of the document that it answers. */
export const RECEIPT_ID_PATTERN = new RegExp(`^receipt:${DOC_ID_PATTERN.source.slice(1)}`);

export const REASONS = {
  role: 'You may not write to this database.',
  id: 'The document id must be a type, a colon and a UUID.',
  type: 'The type must be the part of the id before the colon.',
  server: 'Only the server writes documents of this type.',
  own: 'Only the person writes documents of this type.',
  edit: 'The document must name its edit.',
  size: TOO_LARGE,
  session: 'Only sessions may be written here.'
} as const;

/** The rules that hold in a database, by its name; undefined where only administrators write. */
export function ruleSetOf(database: string): RuleSet | undefined {
  const kind = parseDatabase(database)?.kind;
  if (kind === undefined) return undefined;
  return kind === 'person' || kind === 'registry' ? kind : 'shared';
}

function malformed(document: RuledDocument, type: string): string | undefined {
  const pattern = type === 'receipt' ? RECEIPT_ID_PATTERN : DOC_ID_PATTERN;
  if (!pattern.test(document._id)) return REASONS.id;
  const optional = document._deleted === true && document.type === undefined;
  return optional || document.type === type ? undefined : REASONS.type;
}

function ownRefusal(document: RuledDocument, type: string): string | undefined {
  if (SERVER_TYPES.includes(type)) return REASONS.server;
  if (sizeOf(document) > OWN_DOCUMENT_LIMIT) return REASONS.size;
  if (document._deleted === true) return undefined;
  return typeof document.edit === 'string' && UUID_PATTERN.test(document.edit) ? undefined : REASONS.edit;
}

/** Why this writer may not write this document, or undefined when she may. Old versions have the same id, so the new one decides. */
export function refusal(rules: RuleSet, document: RuledDocument, user: UserContext): string | undefined {
  if (user.roles.includes('_admin')) return undefined;
  const courier = user.roles.includes('courier');
  if (!courier && !user.roles.includes('gateway')) return REASONS.role;
  if (rules === 'registry') {
    return courier || document._id.startsWith(SESSION_PREFIX) ? undefined : REASONS.session;
  }
  const type = typeOf(document._id);
  if (rules === 'shared') return courier ? malformed(document, type) : REASONS.role;
  const fault = malformed(document, type);
  if (fault) return fault;
  if (courier) return SERVER_TYPES.includes(type) ? undefined : REASONS.own;
  return ownRefusal(document, type);
}
