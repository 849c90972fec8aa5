import { OWN_DOCUMENT_LIMIT } from '../../src/lib/domain/documents/limits.ts';
import { DOC_ID_PATTERN, UUID_PATTERN } from '../../src/lib/domain/ids.ts';
import { REASONS, RECEIPT_ID_PATTERN, SERVER_TYPES, SESSION_PREFIX, type RuleSet } from './write-rules.ts';

/** Id of the design document that carries the write rules. */
export const RULES_ID = '_design/rules';

/**
 * The same rules as `refusal` in the JavaScript of 2009 that every CouchDB runs. The tables come from the TypeScript
 * module; a property test holds the two side by side.
 */
export function validateSource(rules: RuleSet): string {
  const literal = (value: unknown) => JSON.stringify(value);
  return `function (newDoc, oldDoc, userCtx) {
  var rules = ${literal(rules)};
  var reasons = ${literal(REASONS)};
  var serverTypes = ${literal(SERVER_TYPES)};
  var refuse = function (reason) { throw({ forbidden: reasons[reason] }); };
  var has = function (list, item) { return list.indexOf(item) >= 0; };
  var id = newDoc._id;
  if (has(userCtx.roles, '_admin')) return;
  var courier = has(userCtx.roles, 'courier');
  if (!courier && !has(userCtx.roles, 'gateway')) refuse('role');
  if (rules === 'registry') {
    if (!courier && id.indexOf(${literal(SESSION_PREFIX)}) !== 0) refuse('session');
    return;
  }
  if (rules === 'shared' && !courier) refuse('role');
  var type = id.slice(0, id.indexOf(':'));
  var pattern = type === 'receipt' ? ${RECEIPT_ID_PATTERN} : ${DOC_ID_PATTERN};
  if (!pattern.test(id)) refuse('id');
  if (!(newDoc._deleted === true && newDoc.type === undefined) && newDoc.type !== type) refuse('type');
  if (rules === 'shared') return;
  if (courier) {
    if (!has(serverTypes, type)) refuse('own');
    return;
  }
  if (has(serverTypes, type)) refuse('server');
  var size = 0;
  for (var field in newDoc) {
    if (field.charAt(0) !== '_') size += JSON.stringify(newDoc[field]).length;
  }
  if (size > ${OWN_DOCUMENT_LIMIT}) refuse('size');
  if (newDoc._deleted === true) return;
  if (typeof newDoc.edit !== 'string' || !${UUID_PATTERN}.test(newDoc.edit)) refuse('edit');
}`;
}

/** The design document that provisioning puts into a database. */
export const rulesDesign = (rules: RuleSet) => ({
  _id: RULES_ID,
  language: 'javascript',
  rules,
  validate_doc_update: validateSource(rules)
});
