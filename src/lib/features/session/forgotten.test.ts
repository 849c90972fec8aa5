import { expect, test, vi } from 'vitest';
import { LIFE } from '$lib/vault/life';
import type { Slot } from '$lib/vault/types';
import { destroyForgotten, type ForgottenParts } from './forgotten';

const NOW = 1_800_000_000_000;
const slot = (id: string, openedAt: number): Slot => ({
  id,
  createdAt: 0,
  label: { colour: 0, bird: 0 },
  retryAt: 0,
  openedAt
});
const OLD = slot('old', NOW - LIFE);
const YOUNG = slot('young', NOW - LIFE + 1);

const someParts = (change: Partial<Omit<ForgottenParts, 'destroy'>> = {}) => ({
  destroy: vi.fn<ForgottenParts['destroy']>(() => Promise.resolve()),
  onlyIn: () => Promise.resolve(0),
  serverTime: vi.fn<ForgottenParts['serverTime']>(() => Promise.resolve(NOW)),
  now: () => NOW,
  ...change
});

test('who was away for 30 days has no place any more, who was away for less has', async () => {
  const parts = someParts();
  expect(await destroyForgotten([OLD, YOUNG], parts)).toEqual([OLD]);
  expect(parts.destroy.mock.calls).toEqual([['old']]);
});

test('a device clock that is ahead destroys nothing, with signal or without', async () => {
  for (const server of [NOW - LIFE / 2, undefined]) {
    const parts = someParts({ serverTime: () => Promise.resolve(server) });
    expect(await destroyForgotten([OLD], parts)).toEqual([]);
    expect(parts.destroy).not.toHaveBeenCalled();
  }
});

test('nobody is asked for the time while no place seems over', async () => {
  const parts = someParts();
  await destroyForgotten([YOUNG], parts);
  expect(parts.serverTime).not.toHaveBeenCalled();
});

test('work that is nowhere else keeps a place', async () => {
  const parts = someParts({ onlyIn: () => Promise.resolve(2) });
  expect(await destroyForgotten([OLD], parts)).toEqual([]);
  expect(parts.destroy).not.toHaveBeenCalled();
});
