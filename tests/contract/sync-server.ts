import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { describe } from 'vitest';
import { channelDatabase, directoryDatabase, personDatabase } from '../../src/lib/domain/databases.ts';
import { openCouch } from '../../server/couch/index.ts';
import { startCourier } from '../../server/courier/index.ts';
import { buildGateway, type GatewayParts } from '../../server/gateway/index.ts';
import { openKeys } from '../../server/gateway/keys.ts';
import { openMediaStore } from '../../server/media/index.ts';
import { openRegistry } from '../../server/registry/index.ts';
import { hashPassword } from '../../server/registry/password.ts';
import type { Person } from '../../server/registry/types.ts';
import { shareServiceUsers, targets } from './server.ts';

export const PASSWORD = 'kata sandi percobaan';

/** A place for a server's data, and the port that its devices know; nothing in its databases is another place's. */
export interface Place {
  data: string;
  port: number;
  couchUrl: string | undefined;
  channel: string;
  agency: string;
  /** The account that a person of this name has here. */
  account(name: string): string;
}

/** @param couchUrl a CouchDB to work on; undefined for the embedded database */
export async function somePlace(couchUrl?: string): Promise<Place> {
  const data = await mkdtemp(path.join(os.tmpdir(), 'smartasn-sync-'));
  if (couchUrl) await shareServiceUsers(couchUrl, data);
  const tag = couchUrl ? `-${randomUUID().slice(0, 8)}` : '';
  const account = (name: string) => name.toLowerCase().replaceAll(' ', '.') + tag;
  return { data, port: 0, couchUrl, channel: `nasional${tag}`, agency: `dinas-pendidikan${tag}`, account };
}

/** Runs the same tests on a place of each database there is; `place()` gives a new one. */
export function describePlaces(name: string, tests: (place: () => Promise<Place>) => void): void {
  describe.each(targets)(`${name} (%s)`, (_label, couchUrl) => tests(() => somePlace(couchUrl)));
}

/** Settings of the gateway besides its place. */
type Settings = Pick<GatewayParts, 'limits'> & Pick<GatewayParts['config'], 'oidc' | 'origin'>;

/** A whole server in this process, over a folder of its own, that can be stopped and started again. */
export async function startServer(given?: Place, { limits, ...settings }: Settings = {}) {
  const place = given ?? (await somePlace());
  const { data, couchUrl, channel, agency } = place;
  const databases = [channelDatabase(channel), directoryDatabase(agency)];
  let stops: (() => Promise<unknown>)[] = [];

  async function start() {
    const { port } = place;
    const config = {
      host: '127.0.0.1',
      port,
      data,
      build: path.join(data, 'build'),
      couchUrl,
      demo: false,
      ...settings
    };
    const couch = await openCouch(config);
    const registry = openRegistry(couch);
    const media = await openMediaStore(path.join(data, 'media'));
    const log = pino({ level: 'silent' });
    const keys = await openKeys(data);
    const gateway = await buildGateway({ couch, registry, media, config, keys, log, limits });
    await gateway.listen({ host: config.host, port });
    const courier = await startCourier({ couch, registry, log: () => undefined });
    const address = gateway.server.address();
    place.port = typeof address === 'object' && address ? address.port : 0;
    stops = [() => courier.stop(), () => gateway.close(), () => couch.close()];
    return { couch, registry, media };
  }

  async function stop() {
    for (const one of stops.splice(0)) await one();
  }

  let parts = await start();
  return {
    get base() {
      return `http://127.0.0.1:${place.port}`;
    },
    get parts() {
      return parts;
    },
    async addPerson(name: string, id: string = randomUUID()): Promise<Person> {
      const person: Person = {
        id,
        account: place.account(name),
        name,
        position: 'Guru Kelas',
        unit: 'SD Inpres Wamena',
        agency,
        roles: ['staff'],
        channels: [{ id: channel, title: 'Nasional', kind: 'national' }],
        record: {}
      };
      await parts.registry.addPersons([{ person, passwordHash: await hashPassword(PASSWORD) }]);
      await parts.registry.openPersonDatabase(person);
      databases.push(personDatabase(person.id));
      return person;
    },
    stop,
    async restart() {
      await stop();
      parts = await start();
    },
    async remove() {
      if (couchUrl) for (const name of databases) await parts.couch.fetch('admin', `/${name}`, { method: 'DELETE' });
      await stop();
      await rm(data, { recursive: true, force: true, maxRetries: 10 });
    }
  };
}
