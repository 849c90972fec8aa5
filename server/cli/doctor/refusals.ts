import { parseDatabase } from '../../../src/lib/domain/databases.ts';
import type { Receipt } from '../../../src/lib/domain/documents/receipt.ts';
import { receiptId } from '../../../src/lib/domain/ids.ts';
import type { Couch } from '../../couch/types.ts';
import { openDatabase, request, type Stored } from '../../registry/database.ts';
import { forEach, ok, warn, type Finding } from './finding.ts';
import type { DoctorWords } from './words.ts';

const PARALLEL = 16;
/** Longest time for looking through receipts, ms. */
const PATIENCE = 4_000;

async function personDatabases(couch: Couch): Promise<string[]> {
  const names = await request<string[]>(couch, 'admin', '/_all_dbs');
  return names.filter((name) => parseDatabase(name)?.kind === 'person');
}

/** Refusals that still stand: the edit they speak of has not been replaced or removed. */
async function refusalsIn(couch: Couch, name: string): Promise<Receipt[]> {
  const query = new URLSearchParams({ include_docs: 'true', startkey: '"receipt:"', endkey: '"receipt;"' });
  const { rows } = await request<{ rows: { doc: Receipt }[] }>(couch, 'admin', `/${name}/_all_docs?${query}`);
  const refused = rows.map(({ doc }) => doc).filter(({ status }) => status === 'refused');
  const docs = await openDatabase(couch, 'courier', name).byIds(refused.map((receipt) => receipt.of));
  return refused.filter((receipt) => docs.get(receipt.of)?.edit === receipt.edit || receipt.edit === '');
}

/** What the courier refused, by reason, with one number of each to look at. */
export async function checkRefusals(couch: Couch, words: DoctorWords): Promise<Finding[]> {
  const names = await personDatabases(couch);
  const until = performance.now() + PATIENCE;
  let seen = 0;
  const found = await forEach(names, PARALLEL, (name) => {
    if (performance.now() > until) return Promise.resolve([]);
    seen += 1;
    return refusalsIn(couch, name);
  });
  const byReason = Map.groupBy(found.flat(), ({ reason = 'malformed' }) => reason);
  const known: Record<string, string> = words.reasons;
  const details = [...byReason].map(([reason, receipts]) =>
    words.reason(known[reason] ?? reason, receipts.length, receipts[0]?.of ?? '')
  );
  const partly = seen < names.length ? [words.partly(seen, names.length)] : [];
  if (!details.length) return [ok(words.noRefused, partly.length ? partly : undefined)];
  return [warn(words.refused(found.flat().length), [...partly, ...details, words.showHint])];
}

/** What is known of one document of a person, without what she wrote; undefined when nobody has it. */
export async function describeDocument(couch: Couch, id: string): Promise<Record<string, unknown> | undefined> {
  const names = await personDatabases(couch);
  const found = await forEach(names, PARALLEL, async (name) => {
    const docs = await openDatabase(couch, 'courier', name).byIds([id, receiptId(id)]);
    return docs.size ? [{ name, doc: docs.get(id), receipt: docs.get(receiptId(id)) }] : [];
  });
  const [first] = found.flat();
  if (!first) return undefined;
  const { name, doc, receipt } = first;
  return { database: name, ...outline(doc), ...(receipt && { answer: plainReceipt(receipt) }) };
}

function outline(doc: Stored | undefined) {
  if (!doc) return { removed: true };
  const { type, schema, createdAt, zone, edit, channel } = doc;
  return { type, schema, createdAt, zone, edit, channel, bytes: JSON.stringify(doc).length, fields: Object.keys(doc) };
}

const plainReceipt = ({ status, reason, at, edit }: Stored) => ({ status, reason, at, edit });
