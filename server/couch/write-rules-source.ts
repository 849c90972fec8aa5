import { OWN_DOCUMENT_LIMIT } from '../../src/lib/domain/documents/limits.ts';
import { DOC_ID_PATTERN, UUID_PATTERN } from '../../src/lib/domain/ids.ts';
import { FINAL_TYPES, SERVICES, WRITES, type RuleSet } from '../access/table.ts';
import { REASONS, RECEIPT_ID_PATTERN } from './write-rules.ts';

/** Id of the design document that carries the write rules. */
export const RULES_ID = '_design/rules';

/**
 * The same rules as `refusal` in the JavaScript of 2009 that every CouchDB runs. The tables come from the TypeScript
 * modules; a property test holds the two side by side.
 */
export function validateSource(rules: RuleSet): string {
  const literal = (value: unknown) => JSON.stringify(value);
  return `function (newDoc, oldDoc, userCtx) {
  var reasons = ${literal(REASONS)};
  var writes = ${literal(WRITES[rules])};
  var services = ${literal(SERVICES)};
  var finalTypes = ${literal(rules === 'registry' ? FINAL_TYPES : [])};
  var refuse = function (reason) { throw({ forbidden: reasons[reason] }); };
  var has = function (list, item) { return list.indexOf(item) >= 0; };
  var id = newDoc._id;
  var type = id.slice(0, Math.max(id.indexOf(':'), 0));
  if (has(finalTypes, type) && (oldDoc || newDoc._deleted === true)) refuse('final');
  if (has(userCtx.roles, '_admin')) return;
  var service = null;
  for (var i = services.length - 1; i >= 0; i--) if (has(userCtx.roles, services[i])) service = services[i];
  var types = service && writes[service];
  if (!types) refuse('role');
  if (${literal(rules !== 'registry')}) {
    var pattern = type === 'receipt' ? ${RECEIPT_ID_PATTERN} : ${DOC_ID_PATTERN};
    if (!pattern.test(id)) refuse('id');
    if (!(newDoc._deleted === true && newDoc.type === undefined) && newDoc.type !== type) refuse('type');
  }
  if ((types.only && !has(types.only, type)) || (types.except && has(types.except, type))) refuse(types.otherwise);
  if (!types.own) return;
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
