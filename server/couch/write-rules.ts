import { parseDatabase } from '../../src/lib/domain/databases.ts';
import { OWN_DOCUMENT_LIMIT, sizeOf, TOO_LARGE } from '../../src/lib/domain/documents/limits.ts';
import { DOC_ID_PATTERN, UUID_PATTERN, typeOf } from '../../src/lib/domain/ids.ts';
import { FINAL_TYPES, RULE_SETS, SERVICES, WRITES, type RuleSet, type Types } from '../access/table.ts';

/**
 * The authorization table's part about writing: the embedded database runs `refusal`, a real CouchDB runs the same rules
 * as `validate_doc_update` (`write-rules-source.ts`). They are the last line behind the gateway's authorization and the
 * courier's schemas, so they look at ids, types and sizes only: a document of a newer app must still reach the courier,
 * which answers it with a refusal that the person can read.
 */

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

/** A receipt's id is `receipt:` and the id of the document that it answers. */
export const RECEIPT_ID_PATTERN = new RegExp(`^receipt:${DOC_ID_PATTERN.source.slice(1)}`);

export const REASONS = {
  role: 'You may not write to this database.',
  id: 'The document id must be a type, a colon and a UUID.',
  type: 'The type must be the part of the id before the colon.',
  server: 'Only the server writes documents of this type.',
  own: 'Only the person writes documents of this type.',
  private: 'Documents of this type belong to one person alone.',
  registry: 'Documents of this type are not yours to write here.',
  final: 'This document is never changed or removed.',
  edit: 'The document must name its edit.',
  size: TOO_LARGE
} as const;

/** The rules that hold in a database, by its name; undefined where only administrators write. */
export function ruleSetOf(database: string): RuleSet | undefined {
  const kind = parseDatabase(database)?.kind;
  return kind && RULE_SETS[kind];
}

/** Whether documents of this id are written once: not even an administrator changes or removes them. */
export const isFinal = (rules: RuleSet, id: string): boolean =>
  rules === 'registry' && FINAL_TYPES.includes(typeOf(id));

function malformed(document: RuledDocument, type: string): string | undefined {
  const pattern = type === 'receipt' ? RECEIPT_ID_PATTERN : DOC_ID_PATTERN;
  if (!pattern.test(document._id)) return REASONS.id;
  const optional = document._deleted === true && document.type === undefined;
  return optional || document.type === type ? undefined : REASONS.type;
}

const takes = ({ only, except }: Types, type: string): boolean =>
  (only?.includes(type) ?? true) && !except?.includes(type);

function ownRefusal(document: RuledDocument): string | undefined {
  if (sizeOf(document) > OWN_DOCUMENT_LIMIT) return REASONS.size;
  if (document._deleted === true) return undefined;
  return typeof document.edit === 'string' && UUID_PATTERN.test(document.edit) ? undefined : REASONS.edit;
}

/**
 * Why this writer may not write this document, or undefined when she may. Old versions have the same id, so the new one
 * decides; where documents are final, `exists` says whether there is an old one.
 */
export function refusal(
  rules: RuleSet,
  document: RuledDocument,
  user: UserContext,
  exists = false
): string | undefined {
  if (isFinal(rules, document._id) && (exists || document._deleted === true)) return REASONS.final;
  if (user.roles.includes('_admin')) return undefined;
  const service = SERVICES.find((name) => user.roles.includes(name));
  const types = service && WRITES[rules][service];
  if (!types) return REASONS.role;
  const type = typeOf(document._id);
  const fault = rules === 'registry' ? undefined : malformed(document, type);
  if (fault) return fault;
  if (!takes(types, type)) return REASONS[types.otherwise];
  return types.own ? ownRefusal(document) : undefined;
}
