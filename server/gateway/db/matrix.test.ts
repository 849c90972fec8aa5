import { expect, test } from 'vitest';
import { makePerson } from '../fixtures.ts';
import { allows, MATRIX, mayFollow } from './matrix.ts';
import type { Shape } from './shapes.ts';

const owner = makePerson('pemilik');
const colleague = makePerson('rekan');
const stranger = makePerson('lain', { agency: 'natuna', channels: [] });
const officer = makePerson('petugas', { roles: ['staff', 'officer'] });
const farOfficer = makePerson('petugas-lain', { agency: 'natuna', roles: ['officer'], channels: [] });
const administrator = makePerson('pengelola', { roles: ['administrator', 'publisher'], channels: [] });
const people = { owner, colleague, stranger, officer, farOfficer, administrator };

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
  'channel-nasional': { owner: READ, colleague: READ, officer: READ },
  'channel-sekolah': { owner: READ, colleague: READ, officer: READ },
  'channel-lain': {},
  catalogue: { owner: READ, colleague: READ, stranger: READ, officer: READ, farOfficer: READ, administrator: READ },
  'directory-asmat': { owner: READ, colleague: READ, officer: READ, administrator: READ },
  'directory-natuna': { stranger: READ, farOfficer: READ },
  'office-asmat': { officer: READ },
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

test('the registry has no calls at all and shared databases none that write', () => {
  expect(MATRIX.registry).toEqual({});
  for (const kind of ['channel', 'catalogue', 'directory', 'office'] as const) {
    expect(Object.keys(MATRIX[kind]).sort()).toEqual(['all-docs', 'bulk-get', 'changes', 'doc', 'info']);
    expect(Object.keys(MATRIX[kind].doc ?? {})).toEqual(['GET', 'HEAD']);
  }
});

test('nobody follows a person database by /sync, not even her own', () => {
  expect(mayFollow(owner, `person-${owner.id}`)).toBe(false);
  expect(mayFollow(owner, 'channel-sekolah')).toBe(true);
  expect(mayFollow(stranger, 'channel-sekolah')).toBe(false);
  expect(mayFollow(owner, 'office-asmat')).toBe(false);
  expect(mayFollow(officer, 'registry')).toBe(false);
});
