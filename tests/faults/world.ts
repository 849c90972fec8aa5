import { randomUUID } from 'node:crypto';
import { channelDatabase, directoryDatabase, personDatabase } from '$lib/domain/databases';
import type { OwnDocument, OwnType } from '$lib/domain/documents/index';
import type { Person } from '../../server/registry/types.ts';
import { Device } from './device.ts';
import { Ledger } from './ledger.ts';
import { DEVICES, MINE } from './schedule.ts';
import type { Server } from './server.ts';
import type { Tab } from './tab.ts';

/** A document that was written in a schedule, by whom. */
export interface Made {
  id: string;
  type: OwnType;
  person: string;
}

/** Fresh persons with fresh channels and devices, for one schedule. */
export class World {
  readonly server: Server;
  readonly ledger = new Ledger();
  readonly agency: string;
  readonly channels: string[];
  readonly persons: Person[];
  readonly devices: Device[];
  /** What was written, oldest first. */
  readonly made: Made[] = [];
  /** What a device has open in an editor since earlier. */
  readonly remembered = new Map<Device, OwnDocument>();
  /** Acts that are still under way. */
  readonly underWay: Promise<unknown>[] = [];
  /** What was found wrong on the way. */
  readonly problems: string[] = [];
  /** Devices whose storage was disturbed: their calls may fail. */
  readonly disturbed = new Set<Device>();
  texts = 0;

  private constructor(server: Server) {
    const name = randomUUID().slice(0, 13);
    this.server = server;
    this.agency = `dinas-${name}`;
    this.channels = [`satu-${name}`, `dua-${name}`];
    this.persons = ['yohana', 'markus'].map((person) => this.#person(`${person}-${name}`));
    this.devices = Array.from({ length: DEVICES }, (_, index) => {
      const person = this.persons[index < MINE ? 0 : 1];
      if (!person) throw new Error('There are two persons.');
      return new Device(`device ${index}`, person);
    });
  }

  /** Two persons, whose devices are signed in and open. */
  static async begin(server: Server): Promise<World> {
    const world = new World(server);
    await Promise.all(world.persons.map((person) => server.join(person)));
    await Promise.all(
      world.devices.map(async (device) => {
        await device.open(0);
        await device.signIn();
      })
    );
    return world;
  }

  /** A tab of a device, which is opened when none is; undefined when the browser would not. */
  async tab(index: number, wanted: number): Promise<Tab | undefined> {
    const device = this.devices[index];
    if (!device) throw new Error(`There is no device ${index}.`);
    const open = device.tab(wanted);
    if (open) return open;
    await this.open(device, wanted);
    return device.tab(wanted);
  }

  /** Opens a tab and looks whether everything that was acknowledged on this device is still there. */
  async open(device: Device, index: number): Promise<void> {
    if (device.tabs[index]) return;
    try {
      await device.open(index);
    } catch (error) {
      this.failed(device, 'opening', error);
      return;
    }
    const tab = device.tabs[index];
    if (tab) await this.during(tab, 'looking after opening', () => this.#lookAfter(tab));
  }

  /** Runs work in a tab; a crash ends the waiting, and an error has to be explained by what the suite did. */
  async during<T>(tab: Tab, what: string, work: () => Promise<T>): Promise<T | undefined> {
    try {
      const result = await Promise.race([tab.as(work), tab.death]);
      return tab.dead ? undefined : (result as T);
    } catch (error) {
      if (!tab.dead && !tab.closed) this.failed(tab.device, what, error);
      return undefined;
    }
  }

  failed(device: Device, what: string, error: unknown): void {
    if (!this.disturbed.has(device)) this.problems.push(`${device.name}: ${what} failed: ${String(error)}`);
  }

  async #lookAfter(tab: Tab): Promise<void> {
    const kept = this.ledger.attempts.filter(({ device, acknowledged }) => acknowledged && device === tab.device);
    for (const [id, promised] of Map.groupBy(kept, (attempt) => attempt.id)) {
      const item = await tab.store.ownItem(id);
      if (item) this.problems.push(...this.ledger.missing(item.doc, promised).map((one) => `after opening: ${one}`));
      else if (!this.ledger.isRemoved(id)) this.problems.push(`after opening: ${id} is gone`);
    }
  }

  /** Closes everything and removes it. */
  async end(): Promise<void> {
    for (const device of this.devices) {
      for (const index of device.tabs.keys()) device.crash(index);
      device.disk.remove();
    }
    await this.server.whole();
    await this.server.remove([
      ...this.persons.map(({ id }) => personDatabase(id)),
      ...this.channels.map(channelDatabase),
      directoryDatabase(this.agency)
    ]);
  }

  #person(account: string): Person {
    const channels = this.channels.map((id) => ({ id, title: id, kind: 'unit' as const }));
    const place = { position: 'Guru Kelas', unit: 'SD Inpres Wamena', agency: this.agency };
    return { id: randomUUID(), account, name: account, ...place, roles: ['staff'], channels, record: {} };
  }
}
