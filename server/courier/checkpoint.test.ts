import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openCheckpoints } from './checkpoint.ts';
import { faulty, openTestbed, type Fault, type Testbed } from './testbed.ts';

// Real databases on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let bed: Testbed;

beforeAll(async () => {
  bed = await openTestbed();
});

afterAll(() => bed.close());

const idle = (): boolean => true;
const busy = (): boolean => false;

/** What the database holds. */
const kept = (person: string) => openCheckpoints(bed.couch).read(person);

test('is remembered at once and written when there is time', async () => {
  const { id } = await bed.join('Ani');
  const checkpoints = openCheckpoints(bed.couch);
  expect(await checkpoints.read(id)).toBe(0);
  checkpoints.advance(id, '3-x', 1, true);
  await checkpoints.flush(busy);
  expect(await checkpoints.read(id)).toBe('3-x');
  expect(await kept(id)).toBe(0);
  await checkpoints.flush(idle);
  expect(await kept(id)).toBe('3-x');
});

test('is written under load as well, after its time or after many deliveries', async () => {
  const [ani, budi, citra] = [await bed.join('Ani'), await bed.join('Budi'), await bed.join('Citra')];
  let now = 0;
  const checkpoints = openCheckpoints(bed.couch, () => now);
  for (const { id } of [ani, budi, citra]) await checkpoints.read(id);
  checkpoints.advance(ani.id, '1-x', 1, true);
  now = 60_000;
  checkpoints.advance(budi.id, '1-x', 1, true);
  for (let page = 1; page <= 5; page += 1) checkpoints.advance(citra.id, `${page}-x`, 100, true);
  await checkpoints.flush(busy);
  expect([await kept(ani.id), await kept(budi.id), await kept(citra.id)]).toEqual(['1-x', 0, '5-x']);
});

test('what another courier has delivered is left to it to write', async () => {
  const { id } = await bed.join('Ani');
  const checkpoints = openCheckpoints(bed.couch);
  await checkpoints.read(id);
  checkpoints.advance(id, '1-x', 0, false);
  await checkpoints.flush(idle);
  expect(await kept(id)).toBe(0);
  checkpoints.advance(id, '2-x', 1, false);
  await checkpoints.flush(idle);
  expect(await kept(id)).toBe('2-x');
});

test('two couriers that write the same one do not stop each other', async () => {
  const { id } = await bed.join('Ani');
  const two = [openCheckpoints(bed.couch), openCheckpoints(bed.couch)];
  for (const one of two) await one.read(id);
  for (const seq of ['1-x', '2-x', '3-x']) {
    for (const one of two) {
      one.advance(id, seq, 1, true);
      await one.flush(idle);
      // A conflict is settled by the next writing.
      await one.flush(idle);
      expect(await kept(id)).toBe(seq);
    }
  }
});

test('one that could not be written is written the next time', async () => {
  const { id } = await bed.join('Ani');
  let fault: Fault = 'none';
  const checkpoints = openCheckpoints(faulty(bed.couch, () => fault));
  await checkpoints.read(id);
  checkpoints.advance(id, '1-x', 1, true);
  fault = 'unreachable';
  await expect(checkpoints.flush(idle)).rejects.toThrow();
  fault = 'none';
  await checkpoints.flush(idle);
  expect(await kept(id)).toBe('1-x');
});
