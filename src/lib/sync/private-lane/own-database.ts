import { winnersFirst, type Leaf } from '$lib/domain/merge/leaves';
import type { OpenVault } from '$lib/vault/types';
import { SyncFailure } from '../failure';
import { answerOf, type Pouch, type StoredDoc } from './pouch';
import { createSeal } from './seal';

export type { Leaf };

export interface ChangedRow {
  id: string;
  revs: string[];
}

/** What the lane remembers about this copy; it goes with the copy, so a lost database starts from nothing. */
export interface LaneState {
  /** Random, drawn when the database was made. */
  incarnation: string;
  /** The server's sequence up to which everything has been pulled. */
  pulled?: string;
  /** The sequence that the server announced before that pull; its spelling may differ from `pulled`. */
  announced?: string;
  /** Documents that changed here without an outbox entry and have to be pushed. */
  dirty: string[];
}

/** The own database with its encryption: what goes in is sealed, what comes out is readable. */
export interface OwnDatabase {
  state(): LaneState;
  setState(change: Partial<LaneState>): Promise<void>;
  leaves(id: string): Promise<Leaf[]>;
  /** Writes new revisions; `_rev` is the one each extends. */
  extend(docs: StoredDoc[]): Promise<void>;
  /** Writes revisions as they are, with their history. */
  insert(docs: StoredDoc[]): Promise<void>;
  /** Which of these revisions are not here. */
  missing(rows: ChangedRow[]): Promise<{ id: string; rev: string }[]>;
  changes(since: number, limit: number): Promise<{ rows: ChangedRow[]; last: number }>;
  close(): Promise<void>;
}

const STATE_ID = '_local/smartasn';

const isMissing = (error: unknown): boolean => (error as { status?: unknown } | null)?.status === 404;

/**
 * Opens the own database of a vault. A copy that the vault cannot read (the browser brought back an older one) is
 * thrown away: the server has what was pushed, and the store's outbox has the rest.
 * @param make opens the PouchDB; called again after the old one was destroyed
 */
export async function openOwnDatabase(vault: OpenVault, make: () => Promise<Pouch>): Promise<OwnDatabase> {
  let last: Pouch | undefined;
  try {
    return await openOn(vault, async () => (last = await make()));
  } catch (error) {
    // PouchDB would hand out the same lost connection again.
    await last?.close().catch(() => undefined);
    throw error;
  }
}

async function openOn(vault: OpenVault, make: () => Promise<Pouch>): Promise<OwnDatabase> {
  const seal = createSeal(vault);
  let pouch = await make();
  let kept = await readState(pouch);
  if (kept && !(await seal.canOpen(kept))) {
    await pouch.destroy();
    pouch = await make();
    kept = undefined;
  }
  let state: LaneState = { incarnation: crypto.randomUUID(), dirty: [] };
  let stateRev = kept?._rev;
  if (kept) state = (await seal.open(kept)).state as LaneState;

  async function setState(change: Partial<LaneState>): Promise<void> {
    const next = { ...state, ...change };
    const sealed = await seal.close({ _id: STATE_ID, state: next });
    await answerOf(pouch, pouch.put({ ...sealed, _rev: stateRev }));
    stateRev = (await readState(pouch))?._rev;
    state = next;
  }

  async function write(docs: StoredDoc[], options?: { new_edits: boolean }): Promise<void> {
    if (!docs.length) return;
    const sealed = await Promise.all(docs.map((doc) => seal.close(doc)));
    const results = await answerOf(pouch, pouch.bulkDocs(sealed, options));
    const failed = results.find((result) => result.error);
    if (failed) throw new SyncFailure('server', { cause: failed });
  }

  if (!kept) await setState({});
  return {
    state: () => state,
    setState,
    async leaves(id) {
      const asked = answerOf(pouch, pouch.get(id, { open_revs: 'all', revs: true }));
      const found = await asked.catch((error: unknown) => {
        if (isMissing(error)) return [];
        throw error;
      });
      const leaves = await Promise.all(found.flatMap(({ ok }) => (ok ? [seal.open(ok)] : [])));
      return (leaves as Leaf[]).sort(winnersFirst);
    },
    extend: (docs) => write(docs),
    insert: (docs) => write(docs, { new_edits: false }),
    async missing(rows) {
      if (!rows.length) return [];
      const asked = Object.fromEntries(rows.map((row) => [row.id, row.revs]));
      const revs = await answerOf(pouch, pouch.revsDiff(asked));
      return Object.entries(revs).flatMap(([id, { missing }]) => missing.map((rev) => ({ id, rev })));
    },
    async changes(since, limit) {
      const page = await answerOf(pouch, pouch.changes({ since, limit, style: 'all_docs' }));
      const rows = page.results.map(({ id, changes }) => ({ id, revs: changes.map(({ rev }) => rev) }));
      return { rows, last: Number(page.results.at(-1)?.seq ?? since) };
    },
    close: () => pouch.close()
  };
}

const readState = (pouch: Pouch): Promise<StoredDoc | undefined> =>
  answerOf(pouch, pouch.get(STATE_ID)).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
