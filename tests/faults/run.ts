import { installDisks } from './disk.ts';
import { perform } from './perform.ts';
import { installClocks } from './runner.ts';
import { scheduleOf, wordsOf } from './schedule.ts';
import { Server } from './server.ts';
import { settle } from './settle.ts';
import { installWire, setServer } from './wire.ts';
import { World } from './world.ts';

/** Schedules over one server; then a fresh one, so that nothing grows without end. */
const PER_SERVER = 200;

let isInstalled = false;

/** Puts clocks, disks and links under everything that runs in this process from now on. */
function install(): void {
  if (isInstalled) return;
  isInstalled = true;
  installClocks();
  installDisks();
  installWire();
  const { error } = console;
  console.error = (...given: unknown[]) => {
    // PouchDB tells of every transaction that is undone.
    if (given[0] !== 'Database has a global failure') error(...given);
  };
}

/** Runs schedules one after the other over a server of their own. */
export class Runs {
  readonly #couchUrl: string | undefined;
  #server: Server | undefined;
  #done = 0;

  /** @param couchUrl a CouchDB to run over; undefined for the embedded database */
  constructor(couchUrl: string | undefined) {
    this.#couchUrl = couchUrl;
    install();
  }

  /** Runs one schedule; what is wrong after it, with all that is needed to understand it, or undefined. */
  async run(seed: number): Promise<string | undefined> {
    const steps = scheduleOf(seed);
    const world = await World.begin(await this.#ready());
    try {
      for (const step of steps) await perform(world, step);
      const problems = await settle(world);
      if (!problems.length) return undefined;
      const last = world.devices.flatMap(({ name, link }) => link.last.map((request) => `${name} ${request}`));
      return [`seed ${seed}`, ...problems, 'STEPS', ...steps.map(wordsOf), 'LAST REQUESTS', ...last].join('\n');
    } finally {
      await world.end();
    }
  }

  async close(): Promise<void> {
    await this.#server?.close();
    this.#server = undefined;
  }

  async #ready(): Promise<Server> {
    if (this.#done++ % PER_SERVER === 0) await this.close();
    this.#server ??= await Server.start(this.#couchUrl);
    setServer(this.#server.base);
    return this.#server;
  }
}
