import { setTimeout as pause } from 'node:timers/promises';
import { CATALOGUE, channelDatabase, directoryDatabase } from '../../src/lib/domain/databases.ts';
import { openDevices, type Devices, type Wave } from '../gateway/devices.ts';
import { openRig, type Rig } from '../gateway/rig.ts';
import { atMost, within, type Measure } from '../section.ts';
import { median, quantile } from '../statistics.ts';

const DEVICES = 1_000;
const NATIONAL = 'nasional';
const CHANNELS = [NATIONAL, ...Array.from({ length: 7 }, (_, index) => `ruang-${index}`)];
/** Ten databases, as a device follows them. */
const SOURCES = [...CHANNELS.map(channelDatabase), CATALOGUE, directoryDatabase('bench')];

/** Documents of a delta. */
const NEW = 5;
/** Arrivals that are spread come within this time, ms. */
const SPREAD = 1_000;
/** Time over which devices come back to a server that was away (src/lib/sync/backoff.ts), ms. */
const RETURN = 5_000;
/** Time for a thousand requests to come to rest in the gateway before something happens, ms; and to hold them, s. */
const SETTLE = 1_000;
const HOLD = 2;

/** One round of one kind. */
interface Run {
  /** Of each device, ms. */
  times: number[];
  cpu: number;
  sent: number;
  received: number;
}

function runOf({ got, cpu }: Wave, documents: number, times = got.map(({ took }) => took)): Run {
  const wrong = got.filter((one) => !one.whole || one.documents !== documents).length;
  if (wrong > 0) throw new Error(`gateway: ${wrong} of ${got.length} answers are wrong`);
  return { times, cpu, sent: median(got.map(({ sent }) => sent)), received: median(got.map((one) => one.received)) };
}

/** A thousand requests are held and one post is delivered: from its delivery until each device has it. */
async function woken(rig: Rig, devices: Devices): Promise<Run> {
  let posted = 0;
  const wave = await devices.ask(0, HOLD, async () => {
    await pause(SETTLE);
    posted = performance.timeOrigin + performance.now();
    await rig.post(NATIONAL, 1);
  });
  return runOf(
    wave,
    1,
    wave.got.map(({ heard }) => heard - posted)
  );
}

/** What is measured, in this order. */
const KINDS: Record<string, (rig: Rig, devices: Devices) => Promise<Run>> = {
  'nothing new, at once': async (_rig, devices) => runOf(await devices.ask(0), 0),
  'five new posts, at once': async (rig, devices) => {
    await rig.post(NATIONAL, NEW);
    return runOf(await devices.ask(0), NEW);
  },
  'five new posts, over a second': async (rig, devices) => {
    await rig.post(NATIONAL, NEW);
    return runOf(await devices.ask(SPREAD), NEW);
  },
  'held, woken by one post': woken,
  'after a restart, at once': async (rig, devices) => {
    await Promise.all([devices.renew(), rig.restart()]);
    return runOf(await devices.ask(0), 0);
  },
  'after a restart, over five seconds': async (rig, devices) => {
    await Promise.all([devices.renew(), rig.restart()]);
    return runOf(await devices.ask(RETURN), 0);
  }
};

/**
 * P11 and P4: a thousand devices of a thousand persons, in a process of their own on the same cores, each over a
 * connection that is open. Measured from sending to the last byte. After a restart nothing is remembered, and each
 * token is seen for the first time.
 */
export const measure: Measure = async ({ quick, say }) => {
  const rig = await openRig(DEVICES, CHANNELS);
  const devices = await openDevices(rig, SOURCES);
  const runs: Record<string, Run[]> = {};
  try {
    await devices.arrive();
    // The first round brings each device's own sequence, the next ones let the compiler do its work.
    for (let round = 0; round < 4; round += 1) await devices.ask(0);
    for (const [kind, run] of Object.entries(KINDS)) {
      runs[kind] = [];
      for (let round = 0; round < (quick ? 2 : 7); round += 1) runs[kind].push(await run(rig, devices));
      say(`gateway: ${kind}, p95 ${p95(runs[kind]).toFixed(0)} ms`);
    }
  } finally {
    await devices.close();
    await rig.close();
  }
  const of = (kind: string): Run[] => runs[kind] ?? [];
  const goal = (kind: string, bound: number) => within(`P11 ${DEVICES} devices, ${kind}, p95`, p95(of(kind)), bound);
  const idle = of('nothing new, at once');
  return {
    name: 'gateway',
    goals: [
      goal('nothing new, at once', 250),
      goal('five new posts, at once', 250),
      goal('five new posts, over a second', 250),
      goal('held, woken by one post', 2_000),
      goal('after a restart, over five seconds', 250),
      atMost(`P4 body of the answer, nothing new in ${SOURCES.length} databases, bytes`, idle[0]?.received ?? NaN, 300)
    ],
    table: Object.entries(runs).map(([kind, all]) => ({
      kind,
      'p50, ms': Math.round(median(all.map(({ times }) => median(times)))),
      'p95, ms': Math.round(p95(all)),
      'last, ms': Math.round(median(all.map(({ times }) => Math.max(...times)))),
      'processor, ms each': Number(median(all.map(({ cpu }) => cpu)).toFixed(2)),
      'body up, bytes': median(all.map(({ sent }) => sent)),
      'body down, bytes': median(all.map(({ received }) => received))
    })),
    data: Object.fromEntries(
      Object.entries(runs).map(([kind, all]) => [kind, all.map(({ times, ...rest }) => ({ ...rest, ...ends(times) }))])
    )
  };
};

const p95 = (runs: Run[]): number => median(runs.map(({ times }) => quantile(times, 0.95)));

const ends = (times: number[]) => ({ p50: median(times), p95: quantile(times, 0.95), last: Math.max(...times) });
