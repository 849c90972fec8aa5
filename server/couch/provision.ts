import { SECURITY } from '../access/table.ts';
import type { Session } from './session.ts';
import { ruleSetOf } from './write-rules.ts';
import { RULES_ID, rulesDesign } from './write-rules-source.ts';

const JSON_HEADERS = { 'content-type': 'application/json', accept: 'application/json' };

/** A JSON request as administrator; statuses in `accept` are answers, all others throw. */
async function call(admin: Session, method: string, path: string, body?: unknown, accept: number[] = []) {
  const init = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await admin.fetch(path, { method, headers: JSON_HEADERS, ...init });
  const answer = (await response.json()) as Record<string, unknown>;
  if (response.ok || accept.includes(response.status)) return { status: response.status, answer };
  throw new Error(`CouchDB: ${method} ${path}: ${response.status} ${String(answer.reason)}`);
}

/** Creates a database when it is missing; true when it was. */
export async function createDatabase(admin: Session, name: string): Promise<boolean> {
  const { status } = await call(admin, 'PUT', `/${encodeURIComponent(name)}?q=1`, undefined, [412]);
  return status !== 412;
}

/**
 * Creates the database when missing and brings its `_security` and write rules up to date. With one shard (`q=1`) its
 * changes are in order.
 */
export async function provision(admin: Session, name: string): Promise<void> {
  const path = `/${encodeURIComponent(name)}`;
  const created = await createDatabase(admin, name);
  const security = created ? {} : (await call(admin, 'GET', `${path}/_security`)).answer;
  if (JSON.stringify(security) !== JSON.stringify(SECURITY)) await call(admin, 'PUT', `${path}/_security`, SECURITY);
  const rules = ruleSetOf(name);
  if (!rules) return;
  const design = rulesDesign(rules);
  const known = created ? {} : (await call(admin, 'GET', `${path}/${RULES_ID}`, undefined, [404])).answer;
  if (known.validate_doc_update === design.validate_doc_update) return;
  const revision = typeof known._rev === 'string' ? { _rev: known._rev } : {};
  // 409: another process has provisioned it in this moment.
  await call(admin, 'PUT', `${path}/${RULES_ID}`, { ...design, ...revision }, [409]);
}
