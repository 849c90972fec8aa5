import { expect, test } from 'vitest';
import { checkQuery } from './query.ts';
import { parseTarget } from './shapes.ts';

const ID = '0197a0f4-1111-7abc-8def-000000000001';
const PERSON = `person-${ID}`;

test.each([
  [`/db/${PERSON}`, 'info', `/${PERSON}`],
  [`/db/${PERSON}/`, 'info', `/${PERSON}`],
  [`/db/${PERSON}/_changes`, 'changes', `/${PERSON}/_changes`],
  [`/db/${PERSON}/_bulk_docs`, 'bulk-docs', `/${PERSON}/_bulk_docs`],
  [`/db/${PERSON}/_local/abc.DEF_g==`, 'local', `/${PERSON}/_local/abc.DEF_g%3D%3D`],
  [`/db/${PERSON}/post:${ID}`, 'doc', `/${PERSON}/post%3A${ID}`],
  [`/db/${PERSON}/post%3A${ID}`, 'doc', `/${PERSON}/post%3A${ID}`],
  [`/db/${PERSON}/reaction:${ID}.${ID}`, 'doc', `/${PERSON}/reaction%3A${ID}.${ID}`],
  [`/db/${PERSON}/receipt:post:${ID}`, 'doc', `/${PERSON}/receipt%3Apost%3A${ID}`]
])('%s is %s', (path, shape, target) => {
  const document = shape === 'doc' ? { document: decodeURIComponent(target.slice(`/${PERSON}/`.length)) } : {};
  expect(parseTarget(path)).toEqual({ database: PERSON, shape, path: target, ...document });
});

test.each([
  '/db/',
  `/db//${PERSON}`,
  `/db/${PERSON}/_design/rules`,
  `/db/${PERSON}/_design%2Frules`,
  `/db/${PERSON}/_security`,
  `/db/${PERSON}/_purge`,
  `/db/${PERSON}/_compact`,
  `/db/${PERSON}/_find`,
  `/db/${PERSON}/_index`,
  `/db/${PERSON}/_explain`,
  `/db/${PERSON}/_revs_limit`,
  `/db/${PERSON}/_view_cleanup`,
  `/db/${PERSON}/constructor`,
  `/db/${PERSON}/__proto__`,
  `/db/${PERSON}/_local`,
  `/db/${PERSON}/_local/a/b`,
  `/db/${PERSON}/_local/..%2F..%2Fregistry`,
  `/db/${PERSON}/..`,
  `/db/${PERSON}/../registry/_all_docs`,
  `/db/${PERSON}/%2e%2e/registry`,
  `/db/${PERSON}/..%2Fregistry`,
  `/db/${PERSON}/post:${ID}/attachment.png`,
  `/db/${PERSON}/post:${ID}%2Fattachment.png`,
  `/db/${PERSON}/post:${ID}%3Frev=1`,
  `/db/${PERSON}/post:${ID}%00`,
  `/db/${PERSON}/%ZZ`
])('%s has no shape', (path) => {
  expect(parseTarget(path)).toBeUndefined();
});

test('an encoded slash in a database name stays a part of the name', () => {
  expect(parseTarget(`/db/${PERSON}%2F_all_docs`)).toMatchObject({ database: `${PERSON}/_all_docs`, shape: 'info' });
});

test('parameters of replication pass, all others are refused', () => {
  expect(checkQuery('changes', 'style=all_docs&since=5-a%2Bb&limit=100&_nonce=17')).toBe(
    '?style=all_docs&since=5-a%2Bb&limit=100'
  );
  expect(checkQuery('doc', `open_revs=${encodeURIComponent('["1-a"]')}&revs=true`)).toContain('open_revs=');
  expect(checkQuery('info', '')).toBe('');
  for (const query of ['filter=_view&view=a/b', 'filter=app/mine', 'feed=continuous', 'feed=eventsource', 'evil=1']) {
    expect(() => checkQuery('changes', query), query).toThrow();
  }
  expect(() => checkQuery('bulk-docs', 'batch=ok')).toThrow();
});
