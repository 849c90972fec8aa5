import { expect, test } from 'vitest';
import type { Membership } from '$lib/domain/documents/record';
import { createFollow } from './follow';

const membership = (...channels: [string, Membership['channels'][number]['kind']][]): Membership =>
  ({
    person: '',
    agency: 'dinas-pendidikan',
    roles: [],
    channels: channels.map(([id, kind]) => ({ id, kind, title: id }))
  }) as unknown as Membership;

function some(current: Membership | undefined, known: string[] = []) {
  const dropped: string[] = [];
  const state = { current, dropped };
  const follow = createFollow({
    membership: () => Promise.resolve(state.current),
    sources: () => Promise.resolve(known),
    dropSource: (source) => Promise.resolve(void dropped.push(source))
  });
  return { state, follow };
}

test('the unit comes first, then agency, nation, communities, catalogue and directory', async () => {
  const { follow } = some(
    membership(['k', 'community'], ['nasional', 'national'], ['dinas', 'agency'], ['sd-inpres', 'unit'])
  );
  expect(await follow.sources()).toEqual([
    'channel-sd-inpres',
    'channel-dinas',
    'channel-nasional',
    'channel-k',
    'catalogue',
    'directory-dinas-pendidikan'
  ]);
});

test('what the membership no longer names is forgotten, other databases are left alone', async () => {
  const { state, follow } = some(membership(['nasional', 'national']), ['channel-lama', 'catalogue', 'office-x']);
  await follow.sources();
  expect(state.dropped).toEqual(['channel-lama']);
});

test('a refused source is left out until the membership changes', async () => {
  const { state, follow } = some(membership(['nasional', 'national']));
  await follow.sources();
  follow.exclude('channel-nasional');
  expect(await follow.sources()).not.toContain('channel-nasional');
  state.current = membership(['nasional', 'national'], ['baru', 'unit']);
  expect(await follow.sources()).toContain('channel-nasional');
});

test('without a membership there is nothing to follow and nothing is forgotten', async () => {
  const { state, follow } = some(undefined, ['channel-a']);
  expect(await follow.sources()).toEqual([]);
  expect(state.dropped).toEqual([]);
});
