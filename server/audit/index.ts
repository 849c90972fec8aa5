import { randomUUID } from 'node:crypto';
import { REGISTRY } from '../../src/lib/domain/databases.ts';
import { docId, newEdit } from '../../src/lib/domain/ids.ts';
import type { Couch } from '../couch/types.ts';
import { CouchError, openDatabase, type BulkRow, type Unsaved } from '../registry/database.ts';
import { hashOf, listedIds, type AuditEntry, type AuditEvent, type Head } from './entry.ts';
import { newestHeads } from './read.ts';
import { writeWitness } from './witness.ts';

export interface Audit {
  /** Resolves when the entry is kept; until then nothing may be shown or done of what it tells. */
  record(event: AuditEvent): Promise<void>;
}

export interface AuditOptions {
  /** Folder of the server's data, where the ends of chains are remembered; without one they are not. */
  data?: string;
  /** ms since 1970. */
  clock?: () => number;
}

interface Job {
  event: AuditEvent;
  done: PromiseWithResolvers<void>;
}

/** Entries written with one request. */
const BATCH = 100;

/** What a first entry follows. */
const NOTHING: Head = { n: 0, hash: '' };

/**
 * The audit trail of this process: a chain that begins with its first entry. What comes while a write is on its way is
 * written with the next one. After a failed write nobody knows what of it was stored: it is written again, unchanged,
 * before anything else, so that the chain has no gap.
 */
export function openAudit(couch: Couch, { data, clock = Date.now }: AuditOptions = {}): Audit {
  const database = openDatabase(couch, 'gateway', REGISTRY);
  const chain = randomUUID();
  let head = NOTHING;
  let confirmed = NOTHING;
  let lastId: string | undefined;
  let unsure: AuditEntry[] = [];
  let waiting: Job[] = [];
  let running = false;
  let ready = false;

  const entryOf = (event: AuditEvent, heads: Record<string, Head>): AuditEntry => {
    const now = clock();
    lastId = newEdit(lastId, now);
    const said = {
      ...event,
      _id: docId('audit', lastId),
      type: 'audit' as const,
      schema: 1 as const,
      at: new Date(now).toISOString(),
      chain,
      n: head.n + 1,
      previous: head.n === 0 ? null : head.hash,
      ...(head.n === 0 ? { heads } : {})
    };
    const entry = { ...said, hash: hashOf(said) };
    head = { n: entry.n, hash: entry.hash };
    return entry;
  };

  /** Before a write, that it may come; after it, that it did. */
  const remember = async (): Promise<void> => {
    if (data !== undefined) await writeWitness(data, chain, { confirmed, pending: head });
  };

  const store = async (entries: AuditEntry[]): Promise<void> => {
    await remember();
    const listed: Unsaved[] = entries.flatMap(listedIds).map((_id) => ({ _id, ...{ type: 'audit-of' } }));
    const rows = await database.bulk([...listed, ...entries]);
    // A conflict is our own document of a write that had failed.
    const failed = rows.find((row: BulkRow) => row.error && row.error !== 'conflict');
    if (failed) throw new CouchError(403, `/${REGISTRY}/${failed.id}`, failed);
    confirmed = head;
    await remember();
  };

  const run = async (): Promise<void> => {
    while (waiting.length > 0) {
      const jobs = waiting.slice(0, BATCH);
      waiting = waiting.slice(BATCH);
      try {
        if (!ready) await couch.provision(REGISTRY);
        ready = true;
        const heads = head.n === 0 ? await newestHeads(couch) : {};
        unsure.push(...jobs.map(({ event }) => entryOf(event, heads)));
        await store(unsure);
        unsure = [];
        for (const { done } of jobs) done.resolve();
      } catch (error) {
        for (const { done } of jobs) done.reject(error);
      }
    }
    running = false;
  };

  return {
    record(event) {
      const done = Promise.withResolvers<void>();
      waiting.push({ event, done });
      if (!running) {
        running = true;
        void run();
      }
      return done.promise;
    }
  };
}

export type { AuditEvent } from './entry.ts';
