import { randomUUID } from 'node:crypto';
import PouchDB from 'pouchdb-core';
import http from 'pouchdb-adapter-http';
import memory from 'pouchdb-adapter-memory';
import replication from 'pouchdb-replication';
import type { TestServer } from './server.ts';

/** PouchDB in memory beside the server, and what the two must agree on. */

PouchDB.plugin(http).plugin(memory).plugin(replication);

export type Document = { _id: string; _rev?: string } & Record<string, unknown>;

/** What is known about one document: its winner, conflicts and leaves. */
export interface State {
  winner: unknown;
  conflicts: string[];
  leaves: { rev: string; deleted: boolean; ancestors: string[] }[];
}

interface Leaf {
  ok?: { _rev: string; _deleted?: boolean; _revisions: { ids: string[] } };
}

export interface Pouch {
  bulkDocs(docs: Document[], options: { new_edits: boolean }): Promise<{ error?: unknown }[]>;
  get(id: string, options: Record<string, unknown>): Promise<unknown>;
  put(doc: Document): Promise<unknown>;
  allDocs(options: { keys: string[] }): Promise<{ rows: { value?: { rev: string } }[] }>;
  destroy(): Promise<void>;
}

interface Static {
  new (name: string, options: Record<string, unknown>): Pouch;
  replicate(from: Pouch, to: Pouch, options: Record<string, unknown>): Promise<{ doc_write_failures: number }>;
}

const Database = PouchDB as unknown as Static;

export const openMemory = (): Pouch => new Database(randomUUID(), { adapter: 'memory' });

export const openRemote = (server: TestServer, db: string): Pouch =>
  new Database(`${server.url}/${db}`, {
    adapter: 'http',
    skip_setup: true,
    auth: { username: server.admin.name, password: server.admin.password }
  });

/** Replicates once; throws when a document was not taken. */
export async function replicate(from: Pouch, to: Pouch): Promise<void> {
  const { doc_write_failures: failures } = await Database.replicate(from, to, { batch_size: 7 });
  if (failures > 0) throw new Error(`${failures} documents were not replicated.`);
}

const byRev = (a: { rev: string }, b: { rev: string }): number => (a.rev < b.rev ? -1 : 1);

function stateOf(winner: Document | undefined, leaves: Leaf[]): State {
  const { _conflicts: conflicts = [], ...rest } = winner ?? { _id: '' };
  return {
    winner: winner && rest,
    conflicts: [...(conflicts as string[])].sort(),
    leaves: leaves
      .flatMap(({ ok }) =>
        ok ? [{ rev: ok._rev, deleted: ok._deleted === true, ancestors: ok._revisions.ids.slice(1) }] : []
      )
      .sort(byRev)
  };
}

export async function pouchState(pouch: Pouch, id: string): Promise<State> {
  const ignore = () => undefined;
  const winner = (await pouch.get(id, { conflicts: true }).catch(ignore)) as Document | undefined;
  const leaves = (await pouch.get(id, { open_revs: 'all', revs: true }).catch(ignore)) as Leaf[] | undefined;
  return stateOf(winner, leaves ?? []);
}

export async function serverState(server: TestServer, db: string, id: string): Promise<State> {
  const winner = await server.call<Document>('GET', `/${db}/${id}?conflicts=true`);
  const leaves = await server.call<Leaf[]>('GET', `/${db}/${id}?open_revs=all&revs=true`);
  return stateOf(winner.status === 200 ? winner.body : undefined, leaves.status === 200 ? leaves.body : []);
}
