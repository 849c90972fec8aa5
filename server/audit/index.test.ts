import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { REGISTRY } from '../../src/lib/domain/databases.ts';
import { uuidv7 } from '../../src/lib/domain/ids.ts';
import { RULES_ID } from '../couch/write-rules-source.ts';
import { openCouch } from '../couch/index.ts';
import type { Couch } from '../couch/types.ts';
import { openDatabase, request, type Unsaved } from '../registry/database.ts';
import { hashOf, type AuditEntry, type AuditEvent } from './entry.ts';
import { openAudit } from './index.ts';
import { readEntries, readEntriesAbout } from './read.ts';
import { verifyAudit } from './verify.ts';

const SITI = crypto.randomUUID();
const BUDI = crypto.randomUUID();
let data = '';
let couch: Couch;

beforeEach(async () => {
  data = await mkdtemp(path.join(os.tmpdir(), 'smartasn-audit-'));
  couch = await openCouch({ data, couchUrl: undefined });
});
afterEach(async () => {
  await couch.close();
  await rm(data, { recursive: true });
});

const signIn = (person = SITI): AuditEvent => ({
  action: 'signed-in',
  by: { person },
  why: 'own-request',
  about: [person]
});

/** What an administrator of the database can do: switch the write rules off, then write as she likes. */
async function tamper(docs: Unsaved[]): Promise<void> {
  const admin = openDatabase(couch, 'admin', REGISTRY);
  const rules = await admin.get(RULES_ID);
  if (rules) await request(couch, 'admin', `/${REGISTRY}/${RULES_ID}?rev=${rules._rev}`, { method: 'DELETE' });
  expect((await admin.bulk(docs)).filter((row) => row.error)).toEqual([]);
}

const written = async (count: number, options: { data?: string } = { data }): Promise<AuditEntry[]> => {
  const audit = openAudit(couch, options);
  for (let i = 0; i < count; i += 1) await audit.record(signIn());
  return (await readEntries(couch, 100)).reverse();
};

const at = <T>(list: T[], index: number): T => {
  const found = list.at(index);
  if (found === undefined) throw new Error('There are too few entries.');
  return found;
};

test('entries of several writers at once are all kept, in chains that hold', async () => {
  const audits = [openAudit(couch, { data }), openAudit(couch, { data }), openAudit(couch)];
  await Promise.all(audits.flatMap((audit) => Array.from({ length: 40 }, () => audit.record(signIn()))));
  expect(await verifyAudit(couch, data)).toEqual({ entries: 120, chains: 3, elsewhere: 1, faults: [] });
});

test('a person finds what is about her, newest first, page by page, and nothing else', async () => {
  const audit = openAudit(couch, { data });
  for (const person of [SITI, BUDI, SITI]) await audit.record(signIn(person));
  await audit.record({ action: 'inspected', by: { operator: 'adi' }, why: 'support', about: [SITI, BUDI] });
  const all = await readEntriesAbout(couch, SITI, 10);
  expect(all.map(({ action }) => action)).toEqual(['inspected', 'signed-in', 'signed-in']);
  expect(await readEntriesAbout(couch, SITI, 10, all[0]?._id)).toEqual(all.slice(1));
  expect(await readEntriesAbout(couch, SITI, 1, all[1]?._id)).toEqual(all.slice(2));
  expect((await readEntries(couch, 10)).length).toBe(4);
  expect(await readEntriesAbout(couch, crypto.randomUUID(), 10)).toEqual([]);
});

test('nobody changes or removes an entry while the write rules stand', async () => {
  const { _id, ...entry } = at(await written(1), 0);
  const { _rev } = (await openDatabase(couch, 'admin', REGISTRY).get(_id)) ?? {};
  for (const role of ['admin', 'courier', 'gateway'] as const) {
    const rows = await openDatabase(couch, role, REGISTRY).bulk([
      { ...entry, _id, _rev, at: '2020-01-01T00:00:00.000Z' } as Unsaved,
      { _id, _rev, _deleted: true }
    ]);
    expect(rows.map(({ error }) => error)).toEqual(['forbidden', 'forbidden']);
  }
  expect((await verifyAudit(couch, data)).faults).toEqual([]);
});

test('after a write that failed the chain goes on without a gap', async () => {
  let broken = false;
  const failing: Couch = {
    ...couch,
    fetch: async (role, target, init) => {
      const answer = await couch.fetch(role, target, init);
      // The database has stored it; its answer was lost.
      if (broken && target.endsWith('/_bulk_docs')) {
        answer.discard();
        throw new Error('cut');
      }
      return answer;
    }
  };
  const audit = openAudit(failing, { data });
  await audit.record(signIn());
  broken = true;
  await expect(audit.record(signIn())).rejects.toThrow();
  expect((await verifyAudit(couch, data)).faults).toEqual([]);
  broken = false;
  await audit.record(signIn(BUDI));
  expect(await verifyAudit(couch, data)).toMatchObject({ entries: 3, faults: [] });
});

test('a changed entry is named, with and without a hash that fits', async () => {
  const entries = await written(4);
  const [second, third] = [at(entries, 1), at(entries, 2)];
  await tamper([{ ...second, why: 'support' } as Unsaved]);
  expect((await verifyAudit(couch, data)).faults).toEqual([{ kind: 'changed', id: second._id }]);
  const said = { ...third, why: 'duty' };
  await tamper([{ ...said, hash: hashOf(said) } as Unsaved]);
  expect((await verifyAudit(couch, data)).faults).toEqual([
    { kind: 'changed', id: second._id },
    { kind: 'changed', id: third._id }
  ]);
});

test.each([0, 1, 3])('removed entry %i is missed, the last one too', async (index) => {
  const entries = await written(4);
  const { chain, n, ...entry } = at(entries, index);
  await tamper([{ ...entry, _deleted: true } as Unsaved]);
  expect((await verifyAudit(couch, data)).faults).toEqual([{ kind: 'removed', chain, n }]);
});

test('an inserted entry is named, in the middle of a chain and at its end', async () => {
  const entries = await written(3);
  const { action, by, why, about, type, schema, at: time, chain } = at(entries, 2);
  const forged = (n: number, previous: string): AuditEntry => {
    const _id = `audit:${uuidv7()}`;
    const said = { _id, action, by, why, about, type, schema, at: time, chain, n, previous };
    return { ...said, hash: hashOf(said) };
  };
  const middle = forged(2, at(entries, 0).hash);
  const end = forged(4, at(entries, 2).hash);
  await tamper([middle, end]);
  const { faults } = await verifyAudit(couch, data);
  expect(faults).toContainEqual({ kind: 'inserted', id: middle._id });
  expect(faults).toContainEqual({ kind: 'inserted', id: end._id });
  expect(faults.filter(({ kind }) => kind !== 'unlisted')).toHaveLength(2);
});

test('a chain that disappears as a whole is missed by the one that came after it, on any machine', async () => {
  const first = await written(3, {});
  await written(1, {});
  await tamper(first.map((entry) => ({ ...entry, _deleted: true })));
  const chain = at(first, 0).chain;
  const faults = [1, 2, 3].map((n) => ({ kind: 'removed', chain, n }));
  expect((await verifyAudit(couch)).faults).toEqual(faults);
});

test('an entry that a person no longer sees is named', async () => {
  const { _id: id } = at(await written(1), 0);
  const _id = `audit-of:${SITI}.${id.slice('audit:'.length)}`;
  const { _rev } = (await openDatabase(couch, 'admin', REGISTRY).get(_id)) ?? {};
  await tamper([{ _id, _rev, _deleted: true }]);
  expect((await verifyAudit(couch, data)).faults).toEqual([{ kind: 'unlisted', id }]);
});
