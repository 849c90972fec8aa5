import { seeded } from '../../bench/link/random.ts';
import type { Planned, WireFault, WirePlace } from './link.ts';
import type { Doom } from './mortal.ts';
import type { Part } from './server.ts';

/** Devices in a schedule: three of one person, and one of a colleague who follows the same channels. */
export const DEVICES = 4;
export const MINE = 3;

/** `which` chooses among what there is at that moment, `tab` among the open tabs. */
export type Step = { device: number; tab: number } & Act;

type Act =
  | {
      act: 'post' | 'comment' | 'react' | 'rewrite' | 'stale' | 'describe' | 'show' | 'advance';
      which: number;
      wait: boolean;
    }
  | { act: 'discard' | 'spate'; which: number; wait: boolean }
  | { act: 'remember'; which: number }
  | { act: 'open' | 'close' | 'crash' | 'hide' | 'see' }
  | { act: 'abort' | 'disconnect' }
  | { act: 'crowd'; writes: number }
  | { act: 'clock'; skew: number }
  | { act: 'wire'; planned: Planned }
  | { act: 'down' | 'up' | 'cut' | 'release' | 'end-session' }
  | { act: 'kill'; part: Part }
  | { act: 'rotate-keys' | 'replace-courier' }
  | { act: 'doom'; doom: Doom }
  | { act: 'let'; turns: number };

const YEAR = 365 * 86_400_000;

type Random = () => number;
const below = (random: Random, limit: number): number => Math.floor(random() * limit);

function oneOf<T>(random: Random, all: readonly [T, ...T[]]): T {
  return all[below(random, all.length)] ?? all[0];
}

const STATUSES = [401, 409, 413, 429, 500, 503] as const;
const PLACES = ['db', 'db', 'sync', 'session', 'any'] as const satisfies WirePlace[];
const SKEWS = [0, -2 * YEAR, 2 * YEAR, -3_600_000, 90_000] as const;

function wireFault(random: Random): WireFault {
  const kinds = [
    'refused',
    'answer-lost',
    'answer-lost',
    'cut-request',
    'late',
    'slow-request',
    'slow-answer',
    'cut-answer',
    'cut-answer',
    'twice',
    'status',
    'status',
    'status'
  ] as const;
  const kind = oneOf(random, kinds);
  if (kind === 'cut-answer') return { kind, part: random() };
  if (kind === 'twice') return { kind, second: random() < 0.5 };
  if (kind === 'status') return { kind, status: oneOf(random, STATUSES) };
  return { kind };
}

const doing =
  (act: 'post' | 'spate' | 'comment' | 'react' | 'rewrite' | 'stale' | 'describe' | 'show' | 'advance' | 'discard') =>
  (random: Random): Act => ({ act, which: below(random, 1_000), wait: random() < 0.7 });
const plain = (act: 'open' | 'close' | 'crash' | 'hide' | 'see' | 'abort' | 'disconnect') => (): Act => ({ act });
const network = (act: 'down' | 'up' | 'cut' | 'release' | 'end-session') => (): Act => ({ act });

/** How often each act comes, relative to the others. */
const ACTS: [weight: number, make: (random: Random) => Act][] = [
  [10, doing('post')],
  [2, doing('spate')],
  [6, doing('comment')],
  [5, doing('react')],
  [10, doing('rewrite')],
  [4, doing('stale')],
  [4, doing('describe')],
  [2, doing('show')],
  [2, doing('advance')],
  [5, doing('discard')],
  [5, (random) => ({ act: 'remember', which: below(random, 1_000) })],
  [6, plain('open')],
  [2, plain('close')],
  [6, plain('crash')],
  [1, plain('hide')],
  [1, plain('see')],
  [2, plain('abort')],
  [2, plain('disconnect')],
  [3, (random) => ({ act: 'crowd', writes: 1 + below(random, 3) })],
  [4, (random) => ({ act: 'clock', skew: oneOf(random, SKEWS) })],
  [20, (random) => ({ act: 'wire', planned: { place: oneOf(random, PLACES), fault: wireFault(random) } })],
  [4, network('down')],
  [5, network('up')],
  [3, network('cut')],
  [4, network('release')],
  [1, network('end-session')],
  [0.5, (random) => ({ act: 'kill', part: oneOf(random, ['all', 'gateway', 'database'] as const) })],
  [0.3, () => ({ act: 'rotate-keys' })],
  [1, () => ({ act: 'replace-courier' })],
  [4, (random) => ({ act: 'doom', doom: { left: below(random, 8), when: oneOf(random, ['before', 'after']) } })]
];
const TOTAL = ACTS.reduce((sum, [weight]) => sum + weight, 0);

function someAct(random: Random): Act {
  let at = random() * TOTAL;
  for (const [weight, make] of ACTS) {
    at -= weight;
    if (at < 0) return make(random);
  }
  return { act: 'let', turns: 1 };
}

/** The steps of a schedule: everything that is done and everything that goes wrong, in order. */
export function scheduleOf(seed: number): Step[] {
  const random = seeded(seed);
  const steps: Step[] = [];
  const length = 10 + below(random, 40);
  for (let index = 0; index < length; index += 1) {
    // The colleague has one device; the person's three are each as busy.
    const device = below(random, DEVICES);
    steps.push({ device, tab: below(random, 2), ...someAct(random) });
    if (random() < 0.8) steps.push({ device, tab: 0, act: 'let', turns: Math.floor(800 * random() ** 4) });
  }
  return steps;
}

/** One step as one line of a report. */
export const wordsOf = ({ device, tab, ...act }: Step): string => `${device}.${tab} ${JSON.stringify(act)}`;
