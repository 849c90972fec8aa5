import { expect, test } from 'vitest';
import { INITIAL } from '$lib/sync/status';
import { outcomeOf } from './checking';

const SINCE = 1_000_000;
const at = (change: Partial<typeof INITIAL>, now = SINCE + 1) => outcomeOf({ ...INITIAL, ...change }, SINCE, now);

test.each([
  [{ phase: 'idle', freshAt: SINCE - 1 }, 'running'],
  [{ phase: 'moving', freshAt: SINCE + 1 }, 'running'],
  [{ phase: 'idle', freshAt: SINCE }, 'done'],
  [{ phase: 'offline', triedAt: SINCE - 1 }, 'running'],
  [{ phase: 'offline', triedAt: SINCE + 1 }, 'silent'],
  [{ phase: 'signed-out', triedAt: SINCE }, 'signed-out'],
  [{ phase: 'too-old', freshAt: SINCE + 1, triedAt: SINCE + 1 }, 'too-old'],
  [{ phase: 'server-old', triedAt: SINCE + 1 }, 'server-old'],
  [{ phase: 'full', triedAt: SINCE + 1 }, 'full'],
  // What stood in the way before she asked may be gone: the server tells.
  [{ phase: 'too-old', triedAt: SINCE - 1 }, 'running'],
  [{ phase: 'full' }, 'running']
] as const)('%j is %s', (status, outcome) => expect(at(status)).toBe(outcome));

test('who is not answered at all is told in the end', () => {
  expect(at({ phase: 'idle' }, SINCE + 90_001)).toBe('silent');
});
