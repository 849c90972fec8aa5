import 'fake-indexeddb/auto';
import { forceCloseDatabase } from 'fake-indexeddb';
import { runner, type Runner } from './runner.ts';

/** IndexedDB as a browser has it: several tabs, one disk, and everything that can happen to it. */

interface Connection {
  disk: Disk;
  tab: Runner;
  active: Set<IDBTransaction>;
}

const connections = new WeakMap<IDBDatabase, Connection>();
/** Databases by name whose opener cannot be told from the call: PouchDB opens them from a queue of its own. */
const shared = new Map<string, Disk>();

export class Disk {
  readonly #factory = new IDBFactory();
  readonly #open = new Set<IDBDatabase>();
  readonly #leader: () => Runner | undefined;
  /** Writes that still find no space. */
  crowded = 0;

  /**
   * @param name of the database that only the leading tab opens
   * @param leader that tab
   */
  constructor(name: string, leader: () => Runner | undefined) {
    shared.set(name, this);
    this.#leader = leader;
  }

  /** The tab in front of this disk that opens the database of the leader now. */
  opener(): Runner | undefined {
    const caller = runner();
    return caller?.dead ? caller : this.#leader();
  }

  /** IndexedDB as this tab sees it; a dead one gets no answer. */
  of(tab: Runner): IDBFactory {
    const factory = this.#factory;
    const view = Object.create(factory) as IDBFactory;
    view.open = (name, version) => {
      if (tab.dead) return new IDBOpenDBRequest();
      const request = factory.open(name, version);
      const note = () => this.#note(request.result, tab, request.transaction);
      request.addEventListener('upgradeneeded', note);
      request.addEventListener('success', note);
      return request;
    };
    view.deleteDatabase = (name) => (tab.dead ? new IDBOpenDBRequest() : factory.deleteDatabase(name));
    return view;
  }

  /** The tab is gone: its transactions are undone and its connections closed. */
  die(tab: Runner): void {
    for (const db of this.#of(tab)) {
      for (const transaction of connections.get(db)?.active ?? []) undo(transaction);
      // In this process PouchDB shares connections by name; a browser's tabs do not.
      if (db.onversionchange && shared.has(db.name)) db.onversionchange(new IDBVersionChangeEvent('versionchange'));
      db.close();
      this.#open.delete(db);
    }
  }

  /** Running transactions end in an error, the connections stay. */
  abort(): void {
    for (const db of this.#open) for (const transaction of connections.get(db)?.active ?? []) undo(transaction);
  }

  /** The browser takes all connections away, as iOS does when an app comes back. */
  disconnect(): void {
    this.abort();
    for (const db of this.#open) forceClose(db);
    this.#open.clear();
  }

  /** Forgets the device, so that its data can be freed. */
  remove(): void {
    for (const [name, disk] of shared) if (disk === this) shared.delete(name);
  }

  #of(tab: Runner): IDBDatabase[] {
    return [...this.#open].filter((db) => connections.get(db)?.tab === tab);
  }

  #note(db: IDBDatabase, tab: Runner, upgrade: IDBTransaction | null): void {
    if (tab.dead) return db.close();
    if (!connections.has(db)) connections.set(db, { disk: this, tab, active: new Set() });
    this.#open.add(db);
    if (upgrade) track(db, upgrade);
  }
}

const forceClose = forceCloseDatabase as unknown as (db: IDBDatabase) => void;

function undo(transaction: IDBTransaction, name?: string): void {
  if (name) Object.defineProperty(transaction, 'error', { value: new DOMException('the suite wants it', name) });
  try {
    transaction.abort();
  } catch {
    // It has just ended by itself.
  }
}

function track(db: IDBDatabase, transaction: IDBTransaction): void {
  const connection = connections.get(db);
  if (!connection) return;
  connection.active.add(transaction);
  const end = () => connection.active.delete(transaction);
  transaction.addEventListener('complete', end);
  transaction.addEventListener('abort', end);
}

/** Puts the disks under IndexedDB, for as long as this process lives. */
export function installDisks(): void {
  const own = indexedDB;
  const pick = (name: string): IDBFactory => {
    const disk = shared.get(name);
    const tab = disk?.opener();
    return disk && tab ? disk.of(tab) : own;
  };
  const routed = Object.create(own) as IDBFactory;
  routed.open = (name, version) => pick(name).open(name, version);
  routed.deleteDatabase = (name) => pick(name).deleteDatabase(name);
  Object.defineProperty(globalThis, 'indexedDB', { value: routed, configurable: true, writable: true });

  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...given) {
    const started = transaction.apply(this, given);
    track(this, started);
    return started;
  };

  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...given) {
    const request = put.apply(this, given);
    const disk = connections.get(this.transaction.db)?.disk;
    if (disk && disk.crowded > 0) {
      disk.crowded -= 1;
      request.addEventListener('success', () => undo(this.transaction, 'QuotaExceededError'));
    }
    return request;
  };
}
