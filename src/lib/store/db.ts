import { Dexie, type DBCore, type Table } from 'dexie';
import { yieldToNewer, type TabEvents } from '$lib/vault/newer-build';

/**
 * What stands in the tables beside the sealed value `v` is readable on the disk. It is kept to: random ids of public
 * documents, type codes, times, sizes, and keyed hashes (`blind`) of everything that says more.
 */
export type Sealed = Uint8Array<ArrayBuffer>;

/**
 * An own document. `at`: ms when the server received it (its clock), `UNDELIVERED` before. `p`: blind parent post.
 * `m` is 1 when the text is merged from a local edit and one that came, so that no receipt speaks of it yet.
 */
export interface OwnRow {
  id: string;
  t: number;
  at: number;
  p?: string;
  m?: 1;
  v: Sealed;
}

/** A receipt, the record or the membership. A receipt's id is built from the own row's id (`receiptKey`). */
export interface InboxRow {
  id: string;
  t: number;
  v: Sealed;
}

/** A document of a shared database. `s`: blind source; `at`: ms when the server received it; `p`: parent post's id. */
export interface SharedRow {
  s: string;
  id: string;
  t: number;
  at: number;
  p?: string;
  v: Sealed;
}

/**
 * Posts of a source that came together, newest first, because a row for each would cost the browser more than all the
 * rest of a first visit. Ids lie between `first` and `last`, times of receipt (ms) between `from` and `at`, and no two
 * packs of a source overlap in either. A post stands in one pack or in one row of `shared`, never in both.
 */
export interface PackRow {
  s: string;
  first: string;
  last: string;
  from: number;
  at: number;
  ids: string[];
  times: number[];
  v: Sealed;
}

/** An edit on its way. `n` keeps the order of writing whatever the clock says; `r` is 1 when the server refused it. */
export interface OutboxRow {
  n?: number;
  edit: string;
  id: string;
  at: number;
  r: 0 | 1;
  v: Sealed;
}

/** A file of the person's own, by its blind hash. `s` is 1 once the server has it; `m` says what it is, sealed. */
export interface FileRow {
  k: string;
  s: 0 | 1;
  m: Sealed;
  v: Sealed;
}

/** A checkpoint by blind source. */
export interface CheckpointRow {
  s: string;
  v: Sealed;
}

/** A value by blind name; pieces have their plain size `n` as well, set-aside documents their blind source `s`. */
export interface ValueRow {
  k: string;
  v: Sealed;
}
export type PieceRow = ValueRow & { n: number };
export type AsideRow = ValueRow & { s: string };

export type StoreDb = Dexie & {
  own: Table<OwnRow, string>;
  inbox: Table<InboxRow, string>;
  shared: Table<SharedRow, [string, string]>;
  packs: Table<PackRow, [string, string]>;
  outbox: Table<OutboxRow, number>;
  checkpoints: Table<CheckpointRow, string>;
  pieces: Table<PieceRow, string>;
  aside: Table<AsideRow, string>;
  files: Table<FileRow, string>;
  secrets: Table<ValueRow, string>;
  meta: Table<ValueRow, string>;
};

/** Sorts after every real time. */
export const UNDELIVERED = Number.MAX_SAFE_INTEGER;

const STRICT = new Set(['own', 'outbox', 'files', 'secrets', 'meta']);

/**
 * Chromium acknowledges a transaction before it is on the disk unless asked otherwise. What a person wrote is asked
 * for; what can be fetched again is not, because each strict transaction costs a flush.
 */
const durability = (core: DBCore): DBCore => ({
  ...core,
  transaction: (stores, mode) =>
    core.transaction(stores, mode, { durability: stores.some((name) => STRICT.has(name)) ? 'strict' : 'relaxed' })
});

/**
 * Opens the tables of a person. A build that changes them adds a version, and an image of a device of that version
 * (tests/contract/released).
 */
export function openDb(name: string, events: TabEvents = {}): StoreDb {
  const db = new Dexie(name, { cache: 'disabled' }) as StoreDb;
  db.version(1).stores({
    own: 'id, [t+at], p',
    inbox: 'id, t',
    shared: '[s+id], [t+at], [s+t+at], [p+t+at]',
    outbox: '++n, &edit, id',
    checkpoints: 's',
    pieces: 'k, n',
    aside: 'k, s',
    secrets: 'k',
    meta: 'k'
  });
  db.version(2).stores({ packs: '[s+last], at, [s+at]' });
  db.version(3).stores({ files: 'k, s' });
  yieldToNewer(db, events);
  db.use({ stack: 'dbcore', name: 'durability', create: durability });
  return db;
}
