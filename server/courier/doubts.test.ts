import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { channelDatabase } from '../../src/lib/domain/databases.ts';
import { Unreachable } from '../couch/http.ts';
import type { Couch } from '../couch/types.ts';
import { makePost } from './fixtures.ts';
import { openTestbed, type Testbed } from './testbed.ts';

// Real databases on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const COPIES = /^POST \/channel-[^/]*\/_bulk_docs/;

let bed: Testbed;

beforeAll(async () => {
  bed = await openTestbed();
});

afterAll(() => bed.close());

/** Starts a courier that dies while its copies are on their way; they land when `land` is called. */
async function startDying() {
  const [sent, landing] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let landed: Promise<unknown> = Promise.resolve();
  const dying: Couch = {
    ...bed.couch,
    async fetch(role, target, init) {
      if (!COPIES.test(`POST ${target}`)) return bed.couch.fetch(role, target, init);
      landed = landing.promise.then(() => bed.couch.fetch(role, target, init)).then((answer) => answer.text());
      sent.resolve();
      throw new Unreachable();
    }
  };
  const dead = await bed.start(dying);
  await sent.promise;
  await dead.stop();
  return async (): Promise<void> => {
    landing.resolve();
    await landed;
  };
}

test.each([
  ['was answered is taken back', false],
  ['was answered by a courier that died as well is taken back by the next one', true]
])('a copy that lands after its removal %s', async (_words, dies) => {
  const channel = `unit-${dies}`;
  const ani = await bed.join('Ani', channel);
  await bed.couch.provision(channelDatabase(channel));
  const post = makePost('Halo', channel);
  await bed.write(ani, post);
  const land = await startDying();

  await bed.write(ani, { _id: post._id, _deleted: true });
  let next = await bed.start();
  await vi.waitFor(async () => expect(await bed.receipt(ani, post._id)).toBeDefined());
  if (dies) await next.stop();
  await land();
  expect(await bed.copy(channel, post._id)).toMatchObject({ text: 'Halo' });
  if (dies) next = await bed.start();
  await next.idle();
  await next.stop();
  expect(await bed.copy(channel, post._id)).toBeUndefined();
});
