import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  CATALOGUE,
  channelDatabase,
  directoryDatabase,
  officeDatabase,
  parseDatabase,
  personDatabase,
  REGISTRY
} from './databases.ts';

const key = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,79}$/);

test('every name is taken apart into what it was made of', () => {
  expect(parseDatabase(CATALOGUE)).toEqual({ kind: 'catalogue', key: '' });
  expect(parseDatabase(REGISTRY)).toEqual({ kind: 'registry', key: '' });
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      expect(parseDatabase(personDatabase(id))).toEqual({ kind: 'person', key: id });
    })
  );
  fc.assert(
    fc.property(key, (name) => {
      expect(parseDatabase(channelDatabase(name))).toEqual({ kind: 'channel', key: name });
      expect(parseDatabase(directoryDatabase(name))).toEqual({ kind: 'directory', key: name });
      expect(parseDatabase(officeDatabase(name))).toEqual({ kind: 'office', key: name });
    })
  );
});

test.each([
  '',
  '-',
  'channel',
  'channelx',
  'directoryz',
  'channel-',
  'channel--x',
  'channel-A',
  'channel-a/b',
  'channel-..',
  'channel-a\n',
  `channel-${'a'.repeat(81)}`,
  'person',
  'person-',
  'person-siti',
  'person-6A1F2C3D-1111-4222-8333-444455556666',
  'catalogue-x',
  'registry-x',
  'Catalogue',
  '_users',
  '_replicator'
])('%j is none of ours', (name) => expect(parseDatabase(name)).toBeUndefined());

test('whatever is recognised is a name that CouchDB allows', () => {
  const name = fc.oneof(
    fc.string(),
    fc.tuple(fc.constantFrom('channel-', 'person-', 'office-'), fc.string()).map(([a, b]) => a + b)
  );
  fc.assert(
    fc.property(name, (text) => {
      if (parseDatabase(text)) expect(text).toMatch(/^[a-z][a-z0-9_$()+/-]*$/);
    })
  );
});
