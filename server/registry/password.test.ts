import { expect, test } from 'vitest';
import { hashPassword, verifyPassword } from './password.ts';

const CHEAP = { log2N: 4, r: 8, p: 1 };

test('a password is recognised and another one is not', async () => {
  const hash = await hashPassword('rahasia');
  expect(await verifyPassword('rahasia', hash)).toBe(true);
  expect(await verifyPassword('Rahasia', hash)).toBe(false);
  expect(await verifyPassword('', hash)).toBe(false);
});

test('the cost stands in the hash, so that old hashes stay good when it is raised', async () => {
  const hash = await hashPassword('rahasia', CHEAP);
  expect(hash).toMatch(/^scrypt\$4\$8\$1\$/);
  expect(await verifyPassword('rahasia', hash)).toBe(true);
});

test('two hashes of one password differ', async () => {
  expect(await hashPassword('sama', CHEAP)).not.toBe(await hashPassword('sama', CHEAP));
});

test('the same letters typed in composed and decomposed form are the same password', async () => {
  expect(await verifyPassword('caf\u0065\u0301', await hashPassword('caf\u00e9', CHEAP))).toBe(true);
});

test.each(['', 'rahasia', 'scrypt$4$8$1$c2FsdA$', 'scrypt$31$8$1$c2FsdA$a2V5a2V5a2V5a2V5a2V5a2V5', 'md5$1$1$1$a$b'])(
  'a text that is no hash of ours (%j) opens nothing',
  async (hash) => expect(await verifyPassword('rahasia', hash)).toBe(false)
);
