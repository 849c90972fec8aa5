import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createPeers } from './peers.ts';
import { openTestbed, type Testbed } from './testbed.ts';

// Real databases on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let bed: Testbed;
const persons = Array.from({ length: 200 }, () => crypto.randomUUID());

beforeAll(async () => {
  bed = await openTestbed();
  await bed.couch.provision('registry');
});

afterAll(() => bed.close());

const beatTimes = async (times: number, ...peers: { beat(): Promise<void> }[]): Promise<void> => {
  for (let time = 0; time < times; time += 1) for (const one of peers) await one.beat();
};

test('couriers that live have one first courier for each person, and each is the first for about as many', async () => {
  const three = [createPeers(bed.couch), createPeers(bed.couch), createPeers(bed.couch)];
  await beatTimes(3, ...three);
  for (const person of persons) expect(three.map((one) => one.rank(person)).sort()).toEqual([0, 1, 2]);
  for (const one of three) {
    const mine = persons.filter((person) => one.rank(person) === 0).length;
    expect(mine).toBeGreaterThan(30);
  }
  for (const one of three) await one.leave();
});

test('a courier that has died or left is the first for nobody, and one that starts after it does not wait for it', async () => {
  const [a, b, c] = [createPeers(bed.couch), createPeers(bed.couch), createPeers(bed.couch)];
  await beatTimes(3, a, b, c);
  await b.leave();
  await beatTimes(4, a);
  for (const person of persons) expect(a.rank(person)).toBe(0);
  const d = createPeers(bed.couch);
  await beatTimes(1, d);
  for (const person of persons) expect(d.rank(person)).toBe(0);
});

test('two couriers under one name would still deliver: each takes itself for the first', async () => {
  const twins = [createPeers(bed.couch, 'same'), createPeers(bed.couch, 'same')];
  await beatTimes(20, ...twins);
  for (const person of persons) expect(twins.map((one) => one.rank(person))).toEqual([0, 0]);
});
