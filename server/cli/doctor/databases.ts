import { parseDatabase } from '../../../src/lib/domain/databases.ts';
import { SECURITY } from '../../access/table.ts';
import type { Couch } from '../../couch/types.ts';
import { RULES_ID, rulesDesign } from '../../couch/write-rules-source.ts';
import { ruleSetOf } from '../../couch/write-rules.ts';
import { isMissing, request } from '../../registry/database.ts';
import { bad, forEach, ok, warn, type Finding } from './finding.ts';
import type { DoctorWords } from './words.ts';

const SYSTEM = ['_users', '_global_changes'];
const PARALLEL = 16;

/** What is wrong with a database; `mends` is what provisioning puts right. */
interface Fault {
  name: string;
  why: string;
  mends: boolean;
}

/** The database's own JSON, with its names in one order: CouchDB is free to give them in another. */
const sameSecurity = (given: Partial<typeof SECURITY>): boolean =>
  String(given.members?.roles) === String(SECURITY.members.roles) &&
  String(given.admins?.roles) === String(SECURITY.admins.roles);

async function faultsOf(couch: Couch, name: string, words: DoctorWords): Promise<Fault[]> {
  const path = `/${encodeURIComponent(name)}`;
  const rules = ruleSetOf(name);
  const [info, security, design] = await Promise.all([
    request<{ cluster?: { q?: number } }>(couch, 'admin', path),
    request<Partial<typeof SECURITY>>(couch, 'admin', `${path}/_security`),
    request<{ validate_doc_update?: string }>(couch, 'admin', `${path}/${RULES_ID}`).catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    })
  ]);
  const faults: Fault[] = [];
  const q = info.cluster?.q ?? 1;
  if (q !== 1) faults.push({ name, why: words.shards(q), mends: false });
  if (!sameSecurity(security)) faults.push({ name, why: words.security, mends: true });
  if (rules && !design) faults.push({ name, why: words.noRules, mends: true });
  if (rules && design && design.validate_doc_update !== rulesDesign(rules).validate_doc_update)
    faults.push({ name, why: words.oldRules, mends: true });
  return faults;
}

/** System databases, and of each of the project's: one shard, `_security` and write rules as this version has them. */
export async function checkDatabases(couch: Couch, words: DoctorWords, repair: boolean): Promise<Finding[]> {
  const names = await request<string[]>(couch, 'admin', '/_all_dbs');
  // `_all_dbs` need not name them.
  const system = await forEach(SYSTEM, SYSTEM.length, async (name) => {
    const answer = await couch.fetch('admin', `/${name}`);
    answer.discard();
    return answer.ok ? [] : [name];
  });
  const missing = system.flat();
  const findings = [missing.length ? bad(words.systemMissing(missing.join(', '))) : ok(words.system)];

  const ours = names.filter((name) => parseDatabase(name));
  const faults = (await forEach(ours, PARALLEL, (name) => faultsOf(couch, name, words))).flat();
  const mendable = [...new Set(faults.filter(({ mends }) => mends).map(({ name }) => name))];
  if (repair && mendable.length) {
    await forEach(mendable, PARALLEL, (name) => couch.provision(name));
    findings.push(ok(words.repaired(mendable.length)));
  }
  const left = repair ? faults.filter(({ mends }) => !mends) : faults;
  const hint = left.some(({ mends }) => mends) ? [words.repairHint] : [];
  if (left.length) {
    const wrong = new Set(left.map(({ name }) => name)).size;
    findings.push(bad(words.rulesWrong(wrong), [...hint, ...left.map(({ name, why }) => `${name}: ${why}`)]));
  } else findings.push(ok(words.rules(ours.length)));

  const unknown = names.filter((name) => !name.startsWith('_') && !parseDatabase(name));
  if (unknown.length) findings.push(warn(words.unknown(unknown.length), unknown));
  return findings;
}
