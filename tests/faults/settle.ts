import { setTimeout as sleep } from 'node:timers/promises';
import { brokenPromises } from './promises.ts';
import { wrongScreens } from './screens.ts';
import { readTruth } from './truth.ts';
import type { World } from './world.ts';

/** Longest time that everything may take to arrive once nothing goes wrong any more, ms. */
const PATIENCE = 20_000;
/** Pause between two looks, ms. */
const LOOK = 20;

/** Refusals that a proxy on the way made: nothing that the suite writes is too long or malformed. */
const OF_THE_WAY = /^(status \d+|too-long)$/;

/** Waits for what people began to do. */
async function ended(world: World): Promise<void> {
  const timer = new AbortController();
  const late = sleep(PATIENCE, 'late', { signal: timer.signal }).catch(() => undefined);
  const first = await Promise.race([Promise.all(world.underWay), late]);
  timer.abort();
  if (first === 'late') world.problems.push('something that was begun does not come to its end');
}

/** Ends all faults: everybody is there, every tab is open, nothing is cut. Clocks stay as they are. */
async function calm(world: World): Promise<void> {
  await world.server.whole();
  for (const { link, disk } of world.devices) {
    link.planned.length = 0;
    link.isDown = false;
    disk.crowded = 0;
    link.release();
    link.cut();
  }
  await ended(world);
  for (const device of world.devices) for (const index of device.tabs.keys()) await world.open(device, index);
  for (const device of world.devices) for (const tab of device.tabs) tab?.emit('visible');
}

/** What people do who see that something waits: they look again, sign in, and try again what a proxy refused. */
async function nudge(world: World): Promise<string[]> {
  const waiting: string[] = [];
  for (const device of world.devices) {
    await device.signIn();
    const tab = device.tab(0);
    if (!tab) {
      waiting.push(`${device.name} has no tab`);
      continue;
    }
    for (const { edit, id, refused } of await tab.store.pending()) {
      waiting.push(`${device.name}: ${id} waits${refused ? `, refused: ${refused}` : ''}`);
      if (refused !== undefined && OF_THE_WAY.test(refused)) await tab.store.retry(edit);
    }
    tab.now();
  }
  return waiting;
}

/** Everything that is wrong now; empty when all is as it has to be. */
async function look(world: World): Promise<string[]> {
  const waiting = await nudge(world);
  if (waiting.length) return waiting;
  await world.server.delivered();
  const truth = await readTruth(world);
  const problems = brokenPromises(world, truth);
  // Both tabs of a device read the same tables; the second one has never led when nothing happened to the first.
  for (const { tabs } of world.devices) {
    const tab = tabs.findLast((one) => one !== undefined);
    if (tab && !problems.length) problems.push(...(await wrongScreens(world, tab, truth)));
  }
  return problems;
}

/** Lets everything arrive; what is wrong then, or was found wrong on the way. */
export async function settle(world: World): Promise<string[]> {
  await calm(world);
  const until = performance.now() + PATIENCE;
  for (;;) {
    const problems = await look(world).catch((error: unknown) => [`looking failed: ${String(error)}`]);
    if (!problems.length || performance.now() > until) return [...world.problems, ...problems];
    await sleep(LOOK);
  }
}
