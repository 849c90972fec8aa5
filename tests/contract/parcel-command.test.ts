import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { newPost } from '$lib/domain/documents/compose';
import { replyName } from '$lib/domain/parcel/number';
import { entrustUnsent } from '$lib/sync/parcels/entrust';
import { receiveReply } from '$lib/sync/parcels/receive';
import { sealUnsent } from '$lib/sync/parcels/unsent';
import { openParcelWorld } from '../support/parcel-world.ts';
import { describeContract } from './server.ts';

type Said = { stdout: string; stderr: string; code?: number };

const run = (env: Record<string, string>, ...args: string[]): Promise<Said> =>
  promisify(execFile)(process.execPath, ['server/cli/main.ts', 'parcel', ...args], {
    env: { PATH: process.env.PATH, LANG: 'id_ID.UTF-8', ...env }
  }).catch((error: Said) => error);

describeContract('parcels at the office', (server) => {
  it('are taken in from a file, with the key from before a rotation, and refused in words', async () => {
    const world = await openParcelWorld(server());
    const { data, couch } = server();
    // Whoever tests may have a password that no server in use would accept.
    const address: Record<string, string> = couch.embedded
      ? {}
      : { COUCHDB_URL: process.env.TEST_COUCHDB_URL ?? '', SMARTASN_DEMO: '1' };
    const smartasn = (...args: string[]) => run({ SMARTASN_DATA: data, ...address }, ...args);
    const person = await world.addPerson();
    const device = await world.addDevice(person);
    const { store } = device;
    await device.learn();
    const post = await store.write(newPost(world.channelOf(person), 'cerita', 'dibawa dengan USB'));
    const work = await sealUnsent(store);
    if (!work) throw new Error('nothing waits');
    const file = path.join(data, 'titipan.paket');
    await writeFile(file, work.parcel);

    expect((await smartasn('rotate-key')).stdout).toContain('Kunci paket baru dibuat.');
    expect((await smartasn('import', file)).stdout).toContain('titipan.paket: isinya sudah sampai.');
    expect((await smartasn('import', file)).stdout).toContain('sudah pernah sampai');
    await world.courier.idle();
    expect(await world.receipt(person, post._id)).toMatchObject({ status: 'delivered' });

    await store.write(newPost(world.channelOf(person), 'cerita', 'titip kabar'));
    const entrusted = await entrustUnsent(store);
    if (!entrusted) throw new Error('nothing waits');
    await writeFile(file, entrusted.parcel);
    const back = path.join(data, replyName(entrusted.number.slice(0, 6)));
    expect((await smartasn('import', file)).stdout).toContain(`Kabar balik untuk pengirimnya: ${back}`);
    expect(await receiveReply(store, new Uint8Array(await readFile(back)))).toMatchObject({ state: 'taken' });

    await writeFile(file, work.parcel.slice(0, -1));
    expect(await smartasn('import', file)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('titipan.paket ditolak: paket ini rusak')
    });
    expect((await smartasn('import', `${file}x`)).stderr).toContain('tidak ditemukan');
  });
});
