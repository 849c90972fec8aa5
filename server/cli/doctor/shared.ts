import { parseShared } from '../../../src/lib/domain/documents/index.ts';
import { unreadableBecause } from '../../../src/lib/domain/documents/versions.ts';
import type { Couch } from '../../couch/types.ts';
import { isLateMarker } from '../../late.ts';
import { request, type Stored } from '../../registry/database.ts';
import { ok, warn, type Finding } from './finding.ts';
import { ourDatabases } from './ours.ts';
import { byReason } from './refusals.ts';
import type { DoctorWords } from './words.ts';

/** Documents of one request. */
const PAGE = 500;
/** Longest time for looking through them, ms. */
const PATIENCE = 4_000;

/** A database's documents, newest ids first, page by page. */
async function* documentsIn(couch: Couch, name: string): AsyncGenerator<Stored[]> {
  for (let after: string | undefined; ;) {
    const from: Record<string, string> = after === undefined ? {} : { startkey: JSON.stringify(after), skip: '1' };
    const query = new URLSearchParams({ include_docs: 'true', descending: 'true', limit: String(PAGE), ...from });
    const { rows } = await request<{ rows: { doc: Stored }[] }>(couch, 'admin', `/${name}/_all_docs?${query}`);
    yield rows.map(({ doc }) => doc);
    if (rows.length < PAGE) return;
    after = rows.at(-1)?.doc._id;
  }
}

const isForDevices = ({ _id }: Stored): boolean => !_id.startsWith('_') && !isLateMarker(_id);

/** What stands in shared databases and is set aside by every device of this build: nobody but an operator can tell. */
export async function checkShared(couch: Couch, words: DoctorWords): Promise<Finding[]> {
  const names = await ourDatabases(couch, ['catalogue', 'directory', 'office', 'channel']);
  const until = performance.now() + PATIENCE;
  const found: { reason: string; id: string }[] = [];
  let seen = 0;
  let whole = 0;
  for (const name of names) {
    if (performance.now() > until) break;
    let isWhole = true;
    for await (const page of documentsIn(couch, name)) {
      const docs = page.filter(isForDevices);
      seen += docs.length;
      for (const doc of docs) if (!parseShared(doc)) found.push({ reason: unreadableBecause(doc), id: doc._id });
      isWhole = performance.now() <= until;
      if (!isWhole) break;
    }
    whole += Number(isWhole);
  }
  const partly = whole < names.length ? [words.sharedPartly(whole, names.length)] : [];
  if (!found.length) return [ok(words.sharedReadable(seen), partly)];
  return [warn(words.sharedUnreadable(found.length), [...partly, ...byReason(words, found), words.showHint])];
}
