import { Dexie } from 'dexie';
import { openStore, type Store } from '$lib/store/index';
import { startSync, type SyncHandle } from '$lib/sync/index';
import { fakeTab } from '$lib/sync/testing/tab';
import { vaultOn } from '$lib/vault/keys';
import type { Device } from './device.ts';
import type { Link } from './link.ts';
import { runAs } from './runner.ts';
import { addressOf, forgetAddress, type Traveller } from './wire.ts';

/** One open tab with the app in it. */
export class Tab implements Traveller {
  dead = false;
  /** The person has closed it: what it was still doing may end in an error. */
  closed = false;
  readonly device: Device;
  readonly clock: Device['clock'];
  readonly link: Link;
  readonly base: string;
  /** Resolves when the tab crashes. */
  readonly death: Promise<void>;
  #died: () => void = () => undefined;
  #store: Store | undefined;
  /** What is known of the access token. */
  #token: 'good' | 'refused' | 'fresh' = 'good';
  #sync: SyncHandle | undefined;
  #emit: ((event: 'visible' | 'hidden' | 'online') => void) | undefined;

  private constructor(device: Device) {
    this.device = device;
    this.clock = device.clock;
    this.link = device.link;
    this.base = addressOf(this);
    this.death = new Promise((resolve) => (this.#died = resolve));
  }

  /** Opens the app and unlocks it; rejects when the browser would not open the storage. */
  static async open(device: Device): Promise<Tab> {
    const tab = new Tab(device);
    try {
      await tab.as(() => tab.#start());
      return tab;
    } catch (error) {
      tab.die();
      throw error;
    }
  }

  get store(): Store {
    if (!this.#store) throw new Error('The tab is not open yet.');
    return this.#store;
  }

  /** Does something as the app in this tab. */
  as<T>(work: () => T): T {
    return runAs(this, work);
  }

  /** What the app does after every write. */
  now(): void {
    this.as(() => this.#sync?.now());
  }

  emit(event: 'visible' | 'hidden' | 'online'): void {
    this.as(() => this.#emit?.(event));
  }

  /** The person is asked to sign in when the session has ended, or a fresh token is refused. */
  heard(path: string, status: number): void {
    if (path === '/api/session/refresh') {
      if (status === 401) this.device.signedOut = true;
      if (status === 200 && this.#token === 'refused') this.#token = 'fresh';
    } else if (status !== 401) this.#token = 'good';
    else if (this.#token === 'fresh') this.device.signedOut = true;
    else this.#token = 'refused';
  }

  /** The person closes the tab. */
  async close(): Promise<void> {
    this.closed = true;
    await this.as(() => Promise.race([this.#sync?.stop(), this.death]));
    this.#store?.close();
    forgetAddress(this.base);
  }

  /** The tab crashes. */
  die(): void {
    if (this.dead) return;
    this.dead = true;
    this.link.cut(this);
    this.device.disk.die(this);
    this.device.channels.die(this);
    this.device.locks.die(this);
    this.#died();
    // What still runs here cannot reach anything; this ends its timers.
    void this.as(() => this.#sync?.stop());
    this.#store?.close();
    forgetAddress(this.base);
  }

  async #start(): Promise<void> {
    const { device } = this;
    const vault = await vaultOn(device.slot, device.key);
    Object.assign(Dexie.dependencies, { indexedDB: device.disk.of(this), IDBKeyRange });
    this.#store = await openStore(vault);
    const { surroundings, emit } = fakeTab(device.locks.of(this));
    surroundings.channel = () => device.channels.open(this);
    this.#emit = emit;
    this.#sync = startSync({ store: this.#store, vault, base: this.base, surroundings });
  }
}
