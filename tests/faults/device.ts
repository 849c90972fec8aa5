import { keepSession, signIn } from '$lib/sync/index';
import { Channels } from './channels.ts';
import { Disk } from './disk.ts';
import { Link } from './link.ts';
import { Locks } from './locks.ts';
import { PASSWORD } from './server.ts';
import { Tab } from './tab.ts';

/** How many tabs of one browser are open at most. */
export const TABS = 2;

let devices = 0;

/** One browser of one person: a disk, a clock, a link, and tabs. */
export class Device {
  readonly name: string;
  readonly person: string;
  readonly account: string;
  readonly clock = { skew: 0 };
  readonly locks = new Locks();
  readonly channels = new Channels();
  readonly link = new Link(`10.${(++devices >> 16) & 255}.${(devices >> 8) & 255}.${devices & 255}`);
  readonly disk: Disk;
  readonly slot = { id: crypto.randomUUID(), createdAt: 0, label: { colour: 0, bird: 0 }, retryAt: 0, openedAt: 0 };
  readonly key = crypto.getRandomValues(new Uint8Array(32));
  readonly tabs: (Tab | undefined)[] = Array.from({ length: TABS }, () => undefined);
  /** The server has ended the session: the person has to sign in again. */
  signedOut = true;

  constructor(name: string, person: { id: string; account: string }) {
    this.name = name;
    this.person = person.id;
    this.account = person.account;
    this.disk = new Disk(`_pouch_smartasn-own-${this.slot.id}`, () => this.locks.holder);
  }

  /** Some open tab, the given one first. */
  tab(index: number): Tab | undefined {
    return this.tabs[index] ?? this.tabs.find((tab) => tab !== undefined);
  }

  async open(index: number): Promise<void> {
    if (this.tabs[index]) return;
    this.tabs[index] = await Tab.open(this);
  }

  /** Closes a tab as a person does. */
  async close(index: number): Promise<void> {
    const tab = this.tabs[index];
    this.tabs[index] = undefined;
    await tab?.close();
  }

  /** The tab is gone in the middle of everything. */
  crash(index: number): void {
    const tab = this.tabs[index];
    this.tabs[index] = undefined;
    tab?.die();
  }

  /** The person signs in where her session has ended. */
  async signIn(): Promise<void> {
    const tab = this.tab(0);
    if (!tab || !this.signedOut) return;
    const grant = await tab.as(() => signIn(this.account, PASSWORD, tab.base));
    await tab.as(() => keepSession(tab.store, grant));
    this.signedOut = false;
    tab.now();
  }

  /** Somebody ends the session of this device on the server, if the server can be reached. */
  async endSession(server: string): Promise<void> {
    const refresh = await this.tab(0)?.store.secret('refresh');
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': this.link.address };
    const body = JSON.stringify({ refresh });
    const answer = await fetch(`${server}/api/session`, { method: 'DELETE', headers, body });
    await answer.arrayBuffer();
  }
}
