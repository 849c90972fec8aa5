import type { Device } from './device.ts';
import type { Step } from './schedule.ts';
import { COMPOSE, discard, remember, write, type Writing } from './write.ts';
import type { Tab } from './tab.ts';
import type { World } from './world.ts';

const isWriting = (act: string): act is Writing => Object.hasOwn(COMPOSE, act);

/** Lets the event loop turn: everybody gets on with what can go on without time passing. */
export async function letTurn(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
}

/** Does one step of a schedule. */
export async function perform(world: World, step: Step): Promise<void> {
  const device = world.devices[step.device];
  if (!device) throw new Error(`There is no device ${step.device}.`);
  if (step.act === 'let') return letTurn(step.turns);
  if (toServer(world, device, step) || toNetwork(device, step)) return;
  if (await toTabs(world, device, step)) return;
  if (toStorage(world, device, step)) return;
  const tab = await world.tab(step.device, step.tab);
  if (!tab || !('which' in step)) return;
  if (step.act === 'remember') return remember(world, tab, step.which);
  const doing = inTab(world, tab, step);
  world.underWay.push(doing);
  if (step.wait) await doing;
}

/** Posts that others get at once and keep together. */
const SPATE = 12;

async function inTab(world: World, tab: Tab, { act, which }: Extract<Step, { which: number }>): Promise<void> {
  if (isWriting(act)) return write(world, tab, act, which);
  if (act === 'discard') return discard(world, tab, which);
  for (let post = 0; post < SPATE; post += 1) await write(world, tab, 'post', which);
}

function toServer({ server, underWay }: World, device: Device, step: Step): boolean {
  if (step.act === 'end-session') underWay.push(device.endSession(server.base).catch(() => undefined));
  else if (step.act === 'kill') server.crash(step.part);
  else if (step.act === 'rotate-keys') server.rotateKeys();
  else if (step.act === 'replace-courier') server.replaceCourier();
  else if (step.act === 'doom') server.doomCourier({ ...step.doom });
  else return false;
  return true;
}

function toNetwork(device: Device, step: Step): boolean {
  const { link } = device;
  if (step.act === 'wire') link.planned.push(step.planned);
  else if (step.act === 'cut') link.cut();
  else if (step.act === 'release') link.release();
  else if (step.act === 'down') {
    link.isDown = true;
    link.cut();
  } else if (step.act === 'up') {
    link.isDown = false;
    for (const tab of device.tabs) tab?.emit('online');
  } else return false;
  return true;
}

async function toTabs(world: World, device: Device, step: Step): Promise<boolean> {
  if (step.act === 'open') await world.open(device, step.tab);
  else if (step.act === 'close') world.underWay.push(device.close(step.tab));
  else if (step.act === 'crash') device.crash(step.tab);
  else if (step.act === 'hide') device.tabs[step.tab]?.emit('hidden');
  else if (step.act === 'see') device.tabs[step.tab]?.emit('visible');
  else return false;
  return true;
}

function toStorage(world: World, device: Device, step: Step): boolean {
  if (step.act === 'clock') {
    device.clock.skew = step.skew;
    return true;
  }
  if (step.act === 'crowd') device.disk.crowded = step.writes;
  else if (step.act === 'abort') device.disk.abort();
  else if (step.act === 'disconnect') device.disk.disconnect();
  else return false;
  world.disturbed.add(device);
  return true;
}
