import { expect, test } from 'vitest';
import { makePerson } from '../gateway/fixtures.ts';
import { allows, mayFollow, mayFollowOwn, mayUse } from './allows.ts';
import type { Shape } from './calls.ts';

const owner = makePerson('pemilik');
const colleague = makePerson('rekan');
const stranger = makePerson('lain', { agency: 'natuna', channels: [] });
const officer = makePerson('petugas', { roles: ['staff', 'officer'] });
const farOfficer = makePerson('petugas-lain', { agency: 'natuna', roles: ['staff', 'officer'], channels: [] });
const administrator = makePerson('pengelola', {
  roles: ['staff', 'administrator', 'publisher', 'auditor'],
  channels: []
});
const bare = makePerson('tanpa-peran', { roles: ['administrator', 'publisher', 'auditor', 'constructor', ''] });
const kiosk = makePerson('kios', { roles: ['kiosk'] });
const node = makePerson('simpul', { roles: ['node'], channels: [{ id: 'sekolah', title: 'Sekolah', kind: 'unit' }] });
const people = { owner, colleague, stranger, officer, farOfficer, administrator, bare, kiosk, node };

const SHAPES: Shape[] = [
  'info',
  'changes',
  'bulk-get',
  'revs-diff',
  'bulk-docs',
  'all-docs',
  'local',
  'doc',
  'ensure-full-commit'
];
const VERBS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'COPY', 'constructor'];

const READ = [
  'info GET',
  'info HEAD',
  'changes GET',
  'changes POST',
  'bulk-get POST',
  'all-docs GET',
  'all-docs POST',
  'doc GET',
  'doc HEAD'
];
const LOOK_UP = ['doc GET', 'doc HEAD'];
const REPLICATE = [
  ...READ,
  'doc PUT',
  'revs-diff POST',
  'bulk-docs POST',
  'ensure-full-commit POST',
  'local GET',
  'local PUT'
];

/** Who may make which calls; everybody else may make none. */
const EXPECTED: Record<string, Partial<Record<keyof typeof people, string[]>>> = {
  [`person-${owner.id}`]: { owner: REPLICATE },
  [`person-${administrator.id}`]: { administrator: REPLICATE },
  [`person-${bare.id}`]: {},
  [`person-${kiosk.id}`]: {},
  [`person-${node.id}`]: {},
  'channel-nasional': { owner: READ, colleague: READ, officer: READ },
  'channel-sekolah': { owner: READ, colleague: READ, officer: READ, node: READ },
  'channel-lain': {},
  catalogue: {
    owner: READ,
    colleague: READ,
    stranger: READ,
    officer: READ,
    farOfficer: READ,
    administrator: READ,
    kiosk: READ,
    node: READ
  },
  'directory-asmat': {
    owner: READ,
    colleague: READ,
    officer: READ,
    administrator: READ,
    node: READ,
    stranger: LOOK_UP,
    farOfficer: LOOK_UP
  },
  'directory-natuna': {
    stranger: READ,
    farOfficer: READ,
    owner: LOOK_UP,
    colleague: LOOK_UP,
    officer: LOOK_UP,
    administrator: LOOK_UP
  },
  'office-asmat': { officer: READ, node: READ },
  'office-natuna': { farOfficer: READ },
  registry: {},
  _users: {},
  _global_changes: {},
  'person-nasional': {},
  [`person-${owner.id}x`]: {},
  [`PERSON-${owner.id}`]: {},
  '': {},
  constructor: {}
};

test.each(Object.keys(EXPECTED))('%s: role × verb × shape', (database) => {
  for (const [role, person] of Object.entries(people)) {
    const expected = EXPECTED[database]?.[role as keyof typeof people] ?? [];
    const actual = SHAPES.flatMap((shape) =>
      VERBS.filter((verb) => allows(person, database, shape, verb)).map((verb) => `${shape} ${verb}`)
    );
    expect(actual.sort(), `${role} at ${database}`).toEqual([...expected].sort());
  }
});

test('nobody follows a person database by /sync, not even her own', () => {
  expect(mayFollow(owner, `person-${owner.id}`)).toBe(false);
  expect(mayFollow(owner, 'channel-sekolah')).toBe(true);
  expect(mayFollow(stranger, 'channel-sekolah')).toBe(false);
  expect(mayFollow(owner, 'office-asmat')).toBe(false);
  expect(mayFollow(officer, 'registry')).toBe(false);
  expect([owner, officer, bare, kiosk, node].map(mayFollowOwn)).toEqual([true, true, false, false, false]);
});

test('a foreign directory is looked into and not followed', () => {
  expect(mayFollow(stranger, 'directory-natuna')).toBe(true);
  expect(mayFollow(stranger, 'directory-asmat')).toBe(false);
});

test('files are for those who use the app and for the machines that show them', () => {
  for (const person of [owner, officer, kiosk, node]) {
    expect(['GET', 'HEAD', 'POST', 'PUT', 'DELETE'].filter((verb) => mayUse(person, 'media', verb))).toEqual([
      'GET',
      'HEAD'
    ]);
  }
  expect(mayUse(bare, 'media', 'GET')).toBe(false);
});
