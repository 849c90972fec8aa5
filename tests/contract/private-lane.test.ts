import { createHash, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import memory from 'pouchdb-adapter-memory';
import PouchDB from 'pouchdb-core';
import { expect, it, onTestFinished } from 'vitest';
import { parseDatabase } from '../../src/lib/domain/databases.ts';
import { docId, uuidv7 } from '../../src/lib/domain/ids.ts';
import { someVault } from '$lib/store/testing/fixtures';
import { openOwnDatabase, type OwnDatabase } from '$lib/sync/private-lane/own-database';
import type { Pouch as LanePouch, StoredDoc } from '$lib/sync/private-lane/pouch';
import { insertMissing, isRevision, pullOwn } from '$lib/sync/private-lane/pull';
import { pushOwn } from '$lib/sync/private-lane/push';
import { openRemote as openLaneRemote } from '$lib/sync/private-lane/remote';
import { readIncarnation } from '../../server/gateway/sync/incarnation.ts';
import { openOwn } from '../../server/gateway/sync/own.ts';
import { openMemory, openRemote, pouchState, replicate, serverState, type State } from './oracle.ts';
import { basic, describeContract, type TestServer } from './server.ts';

PouchDB.plugin(memory);

const IDS = Array.from({ length: 3 }, (_, index) => docId('post', uuidv7(index)));
const DEVICES = 3;

/** What a device does: a new revision on a branch that it has, or one of three ways to hear and tell. */
type Step = { device: number } & (
  { kind: 'edit' | 'delete'; id: string; pick: number; n: number } | { kind: 'push' | 'pull' | 'listen' }
);

const device = fc.nat(DEVICES - 1);
const change = (kind: 'edit' | 'delete') =>
  fc.record({ device, kind: fc.constant(kind), id: fc.constantFrom(...IDS), pick: fc.nat(3), n: fc.nat(9) });
const travel = fc.record({ device, kind: fc.constantFrom('push' as const, 'pull' as const, 'listen' as const) });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: change('edit') },
  { weight: 1, arbitrary: change('delete') },
  { weight: 4, arbitrary: travel }
);

/** One person's database twice: once for the lane, once for PouchDB's replicator. */
interface World {
  server: TestServer;
  lane: string;
  reference: string;
}

async function openDevice({ server, lane, reference }: World) {
  const name = randomUUID();
  const make = () => Promise.resolve(new PouchDB(name, { adapter: 'memory' }) as unknown as LanePouch);
  const own = await openOwnDatabase(await someVault(), make);
  const person = parseDatabase(lane)?.key ?? '';
  const authorization = basic(server.credentials('gateway'));
  const api = {
    base: '',
    reachable: () => Promise.resolve(true),
    fetch: (path: string, init: RequestInit = {}) =>
      fetch(server.url + path.slice('/db'.length), {
        ...init,
        headers: { ...Object.fromEntries(new Headers(init.headers)), authorization }
      })
  };
  const remote = openLaneRemote(api, person, new AbortController().signal);
  const changed = new Set<string>();
  const oracle = openMemory();
  const oracleRemote = openRemote(server, reference);
  onTestFinished(() => own.close());
  return { own, remote, changed, oracle, oracleRemote, person };
}

type Device = Awaited<ReturnType<typeof openDevice>>;

/** As in real replicas a revision says its content and its ancestors: the same edit of the same branch is the same one. */
async function write({ own, oracle, changed }: Device, one: Extract<Step, { id: string }>): Promise<void> {
  const living = (await own.leaves(one.id)).filter((leaf) => !leaf._deleted);
  const parent = living[one.pick % Math.max(1, living.length)];
  if (one.kind === 'delete' && !parent) return;
  const before = parent?._revisions?.ids ?? [];
  const hash = createHash('md5').update(`${before[0]} ${one.kind} ${one.n}`).digest('hex');
  const doc: StoredDoc = {
    _id: one.id,
    _rev: `${before.length + 1}-${hash}`,
    _revisions: { start: before.length + 1, ids: [hash, ...before] },
    type: 'post',
    edit: uuidv7(one.n, new Uint8Array(10)),
    n: one.n,
    ...(one.kind === 'delete' && { _deleted: true })
  };
  await own.insert([doc]);
  await oracle.bulkDocs([doc], { new_edits: false });
  changed.add(one.id);
}

async function push({ own, remote, changed, oracle, oracleRemote }: Device): Promise<void> {
  expect([...(await pushOwn(own, remote, [...changed]))]).toEqual([]);
  changed.clear();
  await replicate(oracle, oracleRemote);
}

async function pull({ own, remote, oracle, oracleRemote }: Device): Promise<void> {
  await pullOwn(own, remote);
  await replicate(oracleRemote, oracle);
}

/** Hears by way of `/sync`: what the gateway reads of the own database. */
async function listen({ server, lane }: World, { own, person, oracle, oracleRemote }: Device): Promise<void> {
  const incarnation = (await readIncarnation(server.couch, lane)) ?? '';
  const info = await server.call<{ update_seq: string }>('GET', `/${lane}`);
  const read = openOwn(server.couch, { state: async () => ({ incarnation, seq: String(info.body.update_seq) }) });
  const place = own.state().announced ?? JSON.stringify([incarnation, '0']);
  for await (const block of (await read(person, place)) ?? []) {
    const rows = block
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text) as unknown[]);
    await insertMissing(
      own,
      rows.flatMap(([kind, doc]) => (kind === 'p' && isRevision(doc) ? [doc] : []))
    );
    await own.setState({ announced: String(rows.at(-1)?.[1]) });
  }
  await replicate(oracleRemote, oracle);
}

async function laneState(own: OwnDatabase, id: string): Promise<State['leaves']> {
  const leaves = await own.leaves(id);
  return leaves
    .map(({ _rev, _deleted, _revisions }) => ({
      rev: _rev,
      deleted: _deleted === true,
      ancestors: _revisions?.ids.slice(1) ?? []
    }))
    .sort((a, b) => (a.rev < b.rev ? -1 : 1));
}

async function expectSame({ server, lane, reference }: World, devices: Device[]): Promise<void> {
  for (const id of IDS) {
    const wanted = await serverState(server, reference, id);
    expect(await serverState(server, lane, id)).toEqual(wanted);
    for (const { own, oracle } of devices) {
      expect(await pouchState(oracle, id)).toEqual(wanted);
      expect(await laneState(own, id)).toEqual(wanted.leaves);
      const winner = (await own.leaves(id)).find((leaf) => !leaf._deleted);
      expect(winner?.n).toEqual((wanted.winner as { n?: number } | undefined)?.n);
    }
  }
}

describeContract('private lane', (server) => {
  it("leads to PouchDB's own revision trees, on the server and on every device", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 24 }), async (steps) => {
        const [lane, reference] = [await server().provisioned('person'), await server().provisioned('person')];
        const world = { server: server(), lane, reference };
        const devices = await Promise.all(Array.from({ length: DEVICES }, () => openDevice(world)));
        for (const one of steps) {
          const acting = devices[one.device] as Device;
          if ('id' in one) await write(acting, one);
          else if (one.kind === 'push') await push(acting);
          else if (one.kind === 'pull') await pull(acting);
          else await listen(world, acting);
        }
        for (const one of devices) await push(one);
        for (const [index, one] of devices.entries()) await (index % 2 ? pull(one) : listen(world, one));
        await expectSame(world, devices);
        for (const { oracle } of devices) await oracle.destroy();
        for (const name of [lane, reference]) await server().call('DELETE', `/${name}`);
      }),
      { numRuns: Number(process.env.CONTRACT_RUNS ?? 10), endOnFailure: true }
    );
  });
});
