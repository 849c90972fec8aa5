import PouchDB from 'pouchdb-core';
import leveldb from 'pouchdb-adapter-leveldb';
import type { LevelStore } from './level.ts';
import type { Tree } from './tree.ts';
import { Partition, type Mark } from './partition.ts';

/** The part of PouchDB that the embedded database uses, and the only module that opens one. */

export interface Doc {
  _id: string;
  _rev?: string;
  _deleted?: boolean;
  _revisions?: { start: number; ids: string[] };
  [field: string]: unknown;
}

export interface ChangeRow {
  id: string;
  seq: number;
  changes: { rev: string }[];
  deleted?: boolean;
  doc?: Doc;
}

export interface AllDocsRow {
  id?: string;
  key: string;
  value?: { rev: string; deleted?: boolean };
  doc?: Doc | null;
  error?: string;
}

export interface WriteResult {
  ok?: boolean;
  id: string;
  rev?: string;
  error?: boolean | string;
  name?: string;
  reason?: string;
  message?: string;
}

export type LeafResult = { ok: Doc } | { missing: string };

export interface Pouch {
  bulkDocs(docs: Doc[], options: { new_edits: boolean }): Promise<WriteResult[]>;
  get(id: string, options: Record<string, unknown> & { open_revs: string[] | 'all' }): Promise<LeafResult[]>;
  get(id: string, options?: Record<string, unknown>): Promise<Doc>;
  put(doc: Doc): Promise<{ id: string; rev: string }>;
  remove(id: string, rev: string): Promise<{ id: string; rev: string }>;
  allDocs(options: Record<string, unknown>): Promise<{ total_rows: number; offset: number; rows: AllDocsRow[] }>;
  changes(options: Record<string, unknown>): Promise<{ results: ChangeRow[]; last_seq: number }>;
  info(): Promise<{ doc_count: number; update_seq: number }>;
  compact(): Promise<unknown>;
  close(): Promise<void>;
  /** Part of PouchDB's interface between its core and its adapters. */
  _getRevisionTree(id: string, done: (fault: { status?: number } | null, tree?: Tree) => void): void;
}

PouchDB.plugin(leveldb);

/** Opens one database in its partition of the store. */
export async function openPouch(store: LevelStore, id: string, revsLimit: number, mark: Mark): Promise<Pouch> {
  const options = {
    adapter: 'leveldb',
    db: () => new Partition(store, id, mark),
    migrate: false,
    revs_limit: revsLimit
  };
  const pouch = new PouchDB(id, options as PouchDB.Configuration.DatabaseConfiguration);
  pouch.setMaxListeners(0);
  await pouch.info();
  return pouch as unknown as Pouch;
}
