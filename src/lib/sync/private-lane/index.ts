import { isOwnType } from '$lib/domain/documents/index';
import { filesNamedBy } from '$lib/domain/documents/own-file-names';
import { typeOf } from '$lib/domain/ids';
import type { OutboxEntry } from '$lib/store/types';
import type { OpenVault } from '$lib/vault/types';
import { SyncFailure } from '../failure';
import type { SyncStore } from '../port';
import { SECRET } from '../secrets';
import type { OwnNews } from '../shared-lane/blocks';
import type { Api } from '../tokens';
import { applyOutbox } from './apply-outbox';
import { openOwnDatabase, type OwnDatabase } from './own-database';
import { openPouch, type Pouch } from './pouch';
import { project, projectThese } from './project';
import { insertMissing, isRevision, pullOwn } from './pull';
import { BATCH, pushOwn } from './push';
import { openRemote, type Remote } from './remote';

/** News of the own database that brought its documents. */
export type Received = OwnNews & { brought: NonNullable<OwnNews['brought']> };

/** The person's own database and its way to the server and to the screens. Calls run one after the other. */
export interface PrivateLane {
  /** What to tell the server that has been pulled; undefined before the first pull. */
  sequence(): string | undefined;
  /** Whether there is something to push. */
  hasWork(): Promise<boolean>;
  /** Outbox → own database → server; then acknowledges in the store. @throws SyncFailure */
  push(signal: AbortSignal): Promise<void>;
  /**
   * Server → own database → store.
   * @param announced the sequence with which the server said that there is more
   * @throws SyncFailure
   */
  pull(signal: AbortSignal, announced?: string): Promise<void>;
  /**
   * Revisions that came with `/sync` → own database → store.
   * @param news all that is new up to `since`, and the sequence to send from now on
   */
  receive(signal: AbortSignal, news: Received): Promise<void>;
  /** Brings to the store what a crash or a full disk has kept from it; costs next to nothing when that is nothing. */
  catchUp(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

export interface LaneOptions {
  store: SyncStore;
  vault: OpenVault;
  api: Api;
  /** Opens the PouchDB; another one in tests. */
  make?: () => Promise<Pouch>;
}

/** Opens the private lane of a vault's slot. */
export async function openPrivateLane({ store, vault, api, make }: LaneOptions): Promise<PrivateLane> {
  const db = await openOwnDatabase(vault, make ?? (() => openPouch(`smartasn-own-${vault.slot.id}`)));
  const inTurn = createQueue();
  /** Whether the own database may hold what the store has not seen: nothing else would bring it there again. */
  let isAhead = true;

  async function show(signal: AbortSignal): Promise<void> {
    await project(db, store, signal);
    isAhead = false;
  }

  /** What may go now: a document that names a file waits until the server has it. */
  async function waiting(): Promise<OutboxEntry[]> {
    const entries = (await store.pending()).filter((entry) => entry.refused === undefined);
    if (!entries.some(({ doc }) => filesNamedBy(doc).length > 0)) return entries;
    const unsent = new Set((await store.unsentFiles()).map(({ sha256 }) => sha256));
    return entries.filter(({ doc }) => !filesNamedBy(doc).some((name) => unsent.has(name)));
  }

  async function remote(signal: AbortSignal) {
    const person = await store.secret(SECRET.person);
    if (person === undefined) throw new SyncFailure('signed-out');
    return openRemote(api, person, signal);
  }

  async function push(signal: AbortSignal): Promise<void> {
    const entries = await waiting();
    const { dirty } = db.state();
    const ids = [...new Set([...entries.map(({ id }) => id), ...dirty])];
    if (!ids.length) return;
    isAhead = true;
    await applyOutbox(db, entries, signal);
    const server = await remote(signal);
    for (let at = 0; at < ids.length; at += BATCH) await pushThese(server, new Set(ids.slice(at, at + BATCH)), entries);
    await show(signal);
  }

  /** One request. What it brought is acknowledged at once: a link that breaks before the next one costs that one alone. */
  async function pushThese(server: Remote, ids: Set<string>, waiting: OutboxEntry[]): Promise<void> {
    const entries = waiting.filter(({ id }) => ids.has(id));
    const denied = await pushOwn(db, server, [...ids]);
    const stored = entries.filter(({ id }) => !denied.has(id)).map(({ edit }) => edit);
    if (stored.length) await store.acknowledge(stored);
    for (const { id, edit } of entries) {
      const reason = denied.get(id);
      if (reason !== undefined) await store.refuse(edit, reason);
    }
    const { dirty } = db.state();
    if (dirty.some((id) => ids.has(id))) await db.setState({ dirty: dirty.filter((id) => !ids.has(id)) });
    const shown = entries.map(({ id }) => id);
    if (shown.length) await projectThese(db, store, shown);
  }

  async function pull(signal: AbortSignal, announced?: string): Promise<void> {
    isAhead = true;
    const { lostPast } = await pullOwn(db, await remote(signal), announced);
    if (lostPast) await db.setState({ dirty: await ownIds(db) });
    await show(signal);
  }

  async function receive(signal: AbortSignal, { sequence, brought }: Received): Promise<void> {
    isAhead = true;
    await insertMissing(db, brought.docs.filter(isRevision));
    await db.setState({ pulled: brought.since, announced: sequence });
    await show(signal);
  }

  return {
    // The server knows its own announcement best; what was pulled has CouchDB's spelling.
    sequence: () => db.state().announced ?? db.state().pulled,
    hasWork: async () => db.state().dirty.length > 0 || (await waiting()).length > 0,
    push: (signal) => inTurn(() => push(signal)),
    pull: (signal, announced) => inTurn(() => pull(signal, announced)),
    receive: (signal, news) => inTurn(() => receive(signal, news)),
    catchUp: (signal) => inTurn(async () => void (isAhead && (await show(signal)))),
    close: () => inTurn(() => db.close())
  };
}

/** More rows than a person can write; the largest limit that IndexedDB takes is 2³² - 1. */
const EVERYTHING = 2 ** 31;

/** Everything this person ever wrote: what her devices bring back to a server that lost it. */
async function ownIds(db: OwnDatabase): Promise<string[]> {
  const { rows } = await db.changes(0, EVERYTHING);
  return rows.map(({ id }) => id).filter((id) => isOwnType(typeOf(id)));
}

function createQueue(): <T>(job: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (job) => {
    const result = last.then(job);
    last = result.catch(() => undefined);
    return result;
  };
}
