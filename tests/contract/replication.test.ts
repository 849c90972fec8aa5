import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openMemory, openRemote, pouchState, replicate, serverState, type Document, type Pouch } from './oracle.ts';
import { describeContract, type TestServer } from './server.ts';

const IDS = ['a', 'b', 'c'];

/** Random steps. `pick` chooses among the leaves there are; a `fork` brings a revision as another replica would. */
type Step =
  | { kind: 'edit' | 'delete'; id: string; pick: number; n: number }
  | { kind: 'stale'; id: string; n: number }
  | { kind: 'fork'; id: string; line: number[] };

const id = fc.constantFrom(...IDS);
const n = fc.integer({ min: 0, max: 9 });
const pick = fc.nat({ max: 5 });

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('edit' as const), id, pick, n }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), id, pick, n }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('stale' as const), id, n }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('fork' as const), id, line: fc.array(n, { minLength: 1, maxLength: 4 }) })
  }
);

/** The leaf that a step works on; undefined for a new document. */
async function chooseLeaf(server: TestServer, db: string, on: string, choice: number): Promise<string | undefined> {
  const { leaves } = await serverState(server, db, on);
  const living = leaves.filter((leaf) => !leaf.deleted);
  return living[choice % Math.max(1, living.length)]?.rev;
}

/** Brings the revision that the server has just made into the oracle, with its ancestors. */
async function mirror(server: TestServer, db: string, oracle: Pouch, on: string, rev: string): Promise<void> {
  const { body } = await server.call<Document>('GET', `/${db}/${on}?rev=${rev}&revs=true`);
  await oracle.bulkDocs([body], { new_edits: false });
}

/**
 * The last revision of a line of edits. As in real replicas a revision says all of its content and its ancestors: the
 * same edits in the same order are the same revision. From 8 on an edit is a deletion.
 */
function forked(_id: string, line: number[]): Document {
  const ids: string[] = [];
  for (const value of line) ids.unshift(createHash('md5').update(`${ids[0]} ${value}`).digest('hex'));
  const last = line.at(-1) ?? 0;
  const revisions = { _rev: `${ids.length}-${ids[0]}`, _revisions: { start: ids.length, ids } };
  return { _id, ...revisions, n: last, ...(last >= 8 ? { _deleted: true } : {}) };
}

async function apply(server: TestServer, db: string, oracle: Pouch, one: Step): Promise<void> {
  if (one.kind === 'fork') {
    const docs = [forked(one.id, one.line)];
    const { body } = await server.call('POST', `/${db}/_bulk_docs`, { body: { docs, new_edits: false } });
    expect(body).toEqual([]);
    await oracle.bulkDocs(docs, { new_edits: false });
    return;
  }
  if (one.kind === 'stale') {
    // CouchDB does not say what becomes of an unknown revision of a document that never was.
    if ((await serverState(server, db, one.id)).leaves.length === 0) return;
    const { status } = await server.call('PUT', `/${db}/${one.id}?rev=7-${'e'.repeat(32)}`, { body: { n: one.n } });
    expect(status).toBe(409);
    return;
  }
  const rev = await chooseLeaf(server, db, one.id, one.pick);
  if (one.kind === 'delete' && rev === undefined) return;
  const body = {
    _id: one.id,
    n: one.n,
    ...(rev ? { _rev: rev } : {}),
    ...(one.kind === 'delete' ? { _deleted: true } : {})
  };
  const answer = await server.call('PUT', `/${db}/${one.id}`, { body });
  expect(answer.status).toBe(one.kind === 'delete' ? 200 : 201);
  await mirror(server, db, oracle, one.id, String(answer.body.rev));
}

async function expectSame(server: TestServer, db: string, pouch: Pouch): Promise<void> {
  for (const one of IDS) expect(await pouchState(pouch, one)).toEqual(await serverState(server, db, one));
}

describeContract('replication', (server) => {
  it('agrees with PouchDB about random edits, conflicts and deletions, and both ways', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), fc.array(n, { maxLength: 3 }), async (steps, edits) => {
        const db = await server().plain();
        const oracle = openMemory();
        const replica = openMemory();
        const remote = openRemote(server(), db);
        for (const one of steps) await apply(server(), db, oracle, one);
        await expectSame(server(), db, oracle);
        await replicate(remote, replica);
        await expectSame(server(), db, replica);
        for (const [index, value] of edits.entries()) {
          const on = IDS[index] ?? 'a';
          const { rows } = await replica.allDocs({ keys: [on] });
          const rev = rows[0]?.value?.rev;
          await replica.put({ _id: on, n: value, from: 'replica', ...(rev ? { _rev: rev } : {}) });
          await server().call('PUT', `/${db}/${on}${rev ? `?rev=${rev}` : ''}`, { body: { n: value, from: 'server' } });
        }
        await replicate(replica, remote);
        await replicate(remote, replica);
        await expectSame(server(), db, replica);
        await Promise.all([oracle.destroy(), replica.destroy()]);
        await server().call('DELETE', `/${db}`);
      }),
      { numRuns: Number(process.env.CONTRACT_RUNS ?? 25), endOnFailure: true }
    );
  });

  it('carries a thousand documents through pages', async () => {
    const db = await server().plain();
    const docs = Array.from({ length: 1_000 }, (_, index) => ({ _id: `doc:${index}`, n: index }));
    await server().call('POST', `/${db}/_bulk_docs`, { body: { docs } });
    const replica = openMemory();
    await replicate(openRemote(server(), db), replica);
    const { rows } = await replica.allDocs({ keys: docs.map((doc) => doc._id) });
    expect(rows.filter((row) => row.value?.rev)).toHaveLength(1_000);
    await replica.destroy();
  });
});
