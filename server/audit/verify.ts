import { REGISTRY } from '../../src/lib/domain/databases.ts';
import type { Couch } from '../couch/types.ts';
import { isMissing, request } from '../registry/database.ts';
import { ENTRY_PREFIX, hashOf, LISTED_PREFIX, listedIds, type AuditEntry, type Head } from './entry.ts';
import { readWitnesses } from './witness.ts';

/**
 * What is wrong with the trail. `changed`, `inserted`: the entry with this id; `removed`: the entry at place `n` of a
 * chain; `unlisted`: a person does not see an entry that is about her.
 */
export type AuditFault =
  { kind: 'changed' | 'inserted' | 'unlisted'; id: string } | { kind: 'removed'; chain: string; n: number };

export interface AuditReport {
  entries: number;
  chains: number;
  /** Chains whose end this machine cannot vouch for: others wrote them. */
  elsewhere: number;
  faults: AuditFault[];
}

/** What is kept of an entry while the trail is looked through. */
interface Link extends Head {
  id: string;
  previous: string | null;
}

type Stored = AuditEntry & { _rev: string; _conflicts?: string[] };

const PAGE = 500;

async function* documents<T extends { _id: string }>(couch: Couch, prefix: string): AsyncGenerator<T> {
  let after = prefix;
  for (;;) {
    const query = new URLSearchParams({
      include_docs: 'true',
      conflicts: 'true',
      startkey: JSON.stringify(after),
      endkey: JSON.stringify(`${prefix}\ufff0`),
      limit: String(PAGE)
    });
    const answer = request<{ rows: { doc: T }[] }>(couch, 'gateway', `/${REGISTRY}/_all_docs?${query}`);
    const { rows } = await answer.catch((error: unknown) => {
      if (isMissing(error)) return { rows: [] };
      throw error;
    });
    for (const { doc } of rows) yield doc;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = `${last.doc._id}\u0000`;
  }
}

/** An entry that says what it said when it was written: its hash fits, and there never was another version of it. */
const isWhole = (entry: Stored): boolean =>
  hashOf({ ...entry }) === entry.hash && entry._rev.startsWith('1-') && !entry._conflicts?.length;

/** Holds every entry to its hash, every chain to its order, and the ends of chains to what is remembered elsewhere. */
export async function verifyAudit(couch: Couch, data?: string): Promise<AuditReport> {
  const before = data === undefined ? new Map() : await readWitnesses(data);
  const chains = new Map<string, Link[]>();
  const remembered: [string, Head][] = [];
  const listed = new Set<string>();
  const faults: AuditFault[] = [];
  let entries = 0;

  const wanted: { id: string; listedAs: string }[] = [];
  for await (const entry of documents<Stored>(couch, ENTRY_PREFIX)) {
    entries += 1;
    const { _id: id, chain, n, hash, previous } = entry;
    if (!isWhole(entry)) faults.push({ kind: 'changed', id });
    chains.set(chain, [...(chains.get(chain) ?? []), { id, n, hash, previous }]);
    remembered.push(...Object.entries(entry.heads ?? {}));
    wanted.push(...listedIds(entry).map((listedAs) => ({ id, listedAs })));
  }
  for await (const { _id } of documents(couch, LISTED_PREFIX)) listed.add(_id);
  for (const { id, listedAs } of wanted) if (!listed.has(listedAs)) faults.push({ kind: 'unlisted', id });

  const isKnown = (id: string): boolean => faults.some((fault) => fault.kind !== 'removed' && fault.id === id);
  for (const [chain, links] of chains) faults.push(...faultsOf(chain, links, isKnown));

  // A server may go on writing meanwhile: the end lies between what was remembered before and after.
  const after = data === undefined ? new Map() : await readWitnesses(data);
  for (const [chain, { confirmed }] of before) remembered.push([chain, confirmed]);
  for (const [chain, head] of remembered) {
    const link = chains.get(chain)?.find(({ n }) => n === head.n);
    if (link && link.hash !== head.hash && !isKnown(link.id)) faults.push({ kind: 'changed', id: link.id });
    const last = chains.get(chain)?.at(-1)?.n ?? 0;
    for (let n = last + 1; n <= head.n; n += 1) faults.push({ kind: 'removed', chain, n });
  }
  for (const [chain, { pending }] of after) {
    for (const { id, n } of chains.get(chain) ?? []) if (n > pending.n) faults.push({ kind: 'inserted', id });
  }
  const elsewhere = [...chains.keys()].filter((chain) => !after.has(chain)).length;
  return { entries, chains: chains.size, elsewhere, faults: unique(faults) };
}

/** Gaps, doubles and breaks of one chain; sorts it. */
function faultsOf(chain: string, links: Link[], isKnown: (id: string) => boolean): AuditFault[] {
  links.sort((a, b) => a.n - b.n);
  const faults: AuditFault[] = [];
  let last: Link | undefined;
  links.forEach((link, index) => {
    const expected = (last?.n ?? 0) + 1;
    if (link.n < expected) {
      // Of two at one place, the one that the next entry does not follow is the foreign one.
      const next = links.find(({ n }) => n === link.n + 1);
      const isForeign = next?.previous !== link.hash;
      faults.push({ kind: 'inserted', id: isForeign || !last ? link.id : last.id });
      if (!isForeign) last = link;
      return;
    }
    for (let n = expected; n < link.n; n += 1) faults.push({ kind: 'removed', chain, n });
    const follows = link.n === expected && (last ? link.previous === last.hash : link.previous === null);
    const twins = links[index + 1]?.n === link.n;
    // Whoever rewrote an entry together with its hash is given away by the entry after it.
    if (link.n === expected && !follows && !twins) {
      const id = last?.id ?? link.id;
      if (!isKnown(id) && !isKnown(link.id)) faults.push({ kind: 'changed', id });
    }
    last = link;
  });
  return faults;
}

const unique = (faults: AuditFault[]): AuditFault[] => [
  ...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values()
];
