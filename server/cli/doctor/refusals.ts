import type { Receipt } from '../../../src/lib/domain/documents/receipt.ts';
import type { Couch } from '../../couch/types.ts';
import { openDatabase } from '../../registry/database.ts';
import { forEach, ok, warn, type Finding } from './finding.ts';
import { ourDatabases } from './ours.ts';
import type { DoctorWords } from './words.ts';

const PARALLEL = 16;
/** Longest time for looking through receipts, ms. */
const PATIENCE = 4_000;

/** Refusals that still stand: the edit they speak of has not been replaced or removed. */
async function refusalsIn(couch: Couch, name: string): Promise<Receipt[]> {
  const own = openDatabase(couch, 'courier', name);
  const refused = (await own.byPrefix<Receipt>('receipt:')).filter(({ status }) => status === 'refused');
  const docs = await own.byIds(refused.map((receipt) => receipt.of));
  return refused.filter((receipt) => docs.get(receipt.of)?.edit === receipt.edit || receipt.edit === '');
}

/** What the courier refused, by reason, with one number of each to look at. */
export async function checkRefusals(couch: Couch, words: DoctorWords): Promise<Finding[]> {
  const names = await ourDatabases(couch, ['person']);
  const until = performance.now() + PATIENCE;
  let seen = 0;
  const found = await forEach(names, PARALLEL, (name) => {
    if (performance.now() > until) return Promise.resolve([]);
    seen += 1;
    return refusalsIn(couch, name);
  });
  const details = byReason(
    words,
    found.flat().map(({ reason = 'malformed', of }) => ({ reason, id: of }))
  );
  const partly = seen < names.length ? [words.partly(seen, names.length)] : [];
  if (!details.length) return [ok(words.noRefused, partly.length ? partly : undefined)];
  return [warn(words.refused(found.flat().length), [...partly, ...details, words.showHint])];
}

/** One line for each reason, with the number of one document to look at. */
export function byReason(words: DoctorWords, all: { reason: string; id: string }[]): string[] {
  const known: Record<string, string> = words.reasons;
  return [...Map.groupBy(all, ({ reason }) => reason)].map(([reason, group]) =>
    words.reason(known[reason] ?? reason, group.length, group[0]?.id ?? '')
  );
}
