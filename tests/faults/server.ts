import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { readAnnouncement } from '../../server/couch/data-folder.ts';
import { openCouch } from '../../server/couch/index.ts';
import type { Couch } from '../../server/couch/types.ts';
import { startCourier, type Courier } from '../../server/courier/index.ts';
import { buildGateway } from '../../server/gateway/index.ts';
import { openKeys, SIGNING_KEY } from '../../server/gateway/keys.ts';
import { openMediaStore } from '../../server/media/index.ts';
import { openRegistry } from '../../server/registry/index.ts';
import { hashPassword } from '../../server/registry/password.ts';
import type { Person } from '../../server/registry/types.ts';
import { shareServiceUsers } from '../contract/server.ts';
import { mortal, type Doom, type Mortal } from './mortal.ts';

export const PASSWORD = 'kata sandi percobaan';

/** What of the server dies. */
export type Part = 'all' | 'gateway' | 'database';

/** The real server, whose parts can be killed and come back. */
export class Server {
  readonly #data: string;
  readonly #couchUrl: string | undefined;
  readonly #passwordHash: string;
  #port = 0;
  #couch: Couch | undefined;
  #gateway: { app: FastifyInstance; life: Mortal } | undefined;
  #courier: { courier: Courier; life: Mortal } | undefined;
  /** What is coming back at the moment. */
  #returning: Promise<void> = Promise.resolve();

  private constructor(data: string, couchUrl: string | undefined, passwordHash: string) {
    this.#data = data;
    this.#couchUrl = couchUrl;
    this.#passwordHash = passwordHash;
  }

  static async start(couchUrl: string | undefined): Promise<Server> {
    const data = await mkdtemp(path.join(os.tmpdir(), 'smartasn-faults-'));
    if (couchUrl) await shareServiceUsers(couchUrl, data);
    const server = new Server(data, couchUrl, await hashPassword(PASSWORD, { log2N: 4, r: 8, p: 1 }));
    await server.#startDatabase();
    await server.#startGateway();
    await server.#startCourier();
    return server;
  }

  get base(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** The database, as the suite looks at it. */
  get couch(): Couch {
    if (!this.#couch) throw new Error('The database is not there.');
    return this.#couch;
  }

  async join(person: Person): Promise<void> {
    const registry = openRegistry(this.couch);
    await registry.addPersons([{ person, passwordHash: this.#passwordHash }]);
    await registry.openPersonDatabase(person);
  }

  /** Kills a part, which then comes back by itself; the next one is killed when the last one is back. */
  crash(part: Part): void {
    const isOurs = !this.#couchUrl;
    this.#returning = this.#returning.then(async () => {
      if (part !== 'gateway' && isOurs) await this.#killDatabase();
      if (part === 'database') return this.#answering();
      this.#courier?.life.die();
      void this.#courier?.courier.stop();
      this.#gateway?.life.die();
      await this.#gateway?.app.close();
      if (part === 'all' && isOurs) {
        await this.#couch?.close();
        await this.#startDatabase();
      }
      await this.#startGateway();
      await this.#startCourier();
    });
  }

  /** All access tokens lose their worth: the key that signs them is replaced. */
  rotateKeys(): void {
    this.#returning = this.#returning.then(() => rm(path.join(this.#data, SIGNING_KEY), { force: true }));
    this.crash('gateway');
  }

  /** The courier dies after some more requests and is started again. */
  doomCourier(doom: Doom): void {
    if (this.#courier) this.#courier.life.doom = doom;
  }

  /** A second courier begins while the first one does not know yet that it is replaced. */
  replaceCourier(): void {
    this.#returning = this.#returning.then(async () => {
      const old = this.#courier?.courier;
      await this.#startCourier();
      await old?.stop();
    });
  }

  /** Resolves when everything is back and no further death is planned. */
  async whole(): Promise<void> {
    if (this.#courier) this.#courier.life.doom = undefined;
    await this.#returning;
  }

  /** Resolves when everything that persons wrote has been delivered. */
  async delivered(): Promise<void> {
    await this.#returning;
    await this.#courier?.courier.idle();
  }

  async remove(databases: string[]): Promise<void> {
    for (const name of databases) {
      const answer = await this.couch.fetch('admin', `/${name}`, { method: 'DELETE' });
      await answer.text();
    }
  }

  async close(): Promise<void> {
    await this.whole();
    await this.#courier?.courier.stop();
    await this.#gateway?.app.close();
    await this.#couch?.close();
    await rm(this.#data, { recursive: true, force: true, maxRetries: 10 });
  }

  async #killDatabase(): Promise<void> {
    const pid = (await readAnnouncement(path.join(this.#data, 'couch')))?.pid;
    if (pid) process.kill(pid, 'SIGKILL');
  }

  /** Resolves when the killed database answers again: whoever asks for it starts it. */
  async #answering(): Promise<void> {
    for (;;) {
      try {
        const answer = await this.couch.fetch('admin', '/_up');
        await answer.text();
        if (answer.ok) return;
      } catch {
        // It is still on its way.
      }
    }
  }

  async #startDatabase(): Promise<void> {
    this.#couch = await openCouch({ data: this.#data, couchUrl: this.#couchUrl });
  }

  async #startGateway(): Promise<void> {
    const life = mortal(this.couch);
    const { couch } = life;
    const media = await openMediaStore(path.join(this.#data, 'media'));
    const keys = await openKeys(this.#data);
    const config = { build: path.join(this.#data, randomUUID()), data: this.#data };
    const log = pino({ level: 'silent' });
    const app = await buildGateway({ couch, registry: openRegistry(couch), media, config, keys, log });
    await app.listen({ host: '127.0.0.1', port: this.#port });
    const address = app.server.address();
    this.#port = typeof address === 'object' && address ? address.port : 0;
    this.#gateway = { app, life };
  }

  async #startCourier(): Promise<void> {
    const life = mortal(this.couch, () => {
      const dead = this.#courier?.courier;
      this.#returning = this.#returning.then(async () => {
        await this.#startCourier();
        void dead?.stop();
      });
    });
    const { couch } = life;
    const courier = await startCourier({ couch, registry: openRegistry(couch), log: () => undefined });
    this.#courier = { courier, life };
  }
}
