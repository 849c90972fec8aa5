import { expect, test } from 'vitest';
import { temporaryKeys } from '../keys.ts';
import { makeVerifyAccess } from './remembered.ts';
import { ACCESS_SECONDS, issueAccess } from './tokens.ts';

const NOW = Date.UTC(2026, 0, 5, 3);

/** Verifies with a clock that tests move, and counts the signatures that are checked. */
async function start() {
  const keys = await temporaryKeys();
  const clock = { now: NOW };
  let checked = 0;
  const counting = {
    ...keys,
    get verify() {
      checked += 1;
      return keys.verify;
    }
  };
  const issue = () =>
    issueAccess(keys, { person: crypto.randomUUID(), session: crypto.randomUUID() }, clock.now).then((it) => it.access);
  return { verify: makeVerifyAccess(counting, () => clock.now), issue, clock, checked: () => checked };
}

test('the signature of a token is checked once, and each token speaks for its own person', async () => {
  const { verify, issue, checked } = await start();
  const [one, two] = [await issue(), await issue()];
  const first = await verify(one);
  expect(await verify(one)).toEqual(first);
  expect(checked()).toBe(1);
  expect((await verify(two)).person).not.toBe(first.person);
  expect(checked()).toBe(2);
});

test('a remembered token ends when it ends', async () => {
  const { verify, issue, clock } = await start();
  const token = await issue();
  await verify(token);
  clock.now += ACCESS_SECONDS * 1000 - 1;
  await verify(token);
  clock.now += 1;
  await expect(verify(token)).rejects.toMatchObject({ status: 401 });
});

test('what was refused is not remembered as good, nor what differs by one character', async () => {
  const { verify, issue } = await start();
  const token = await issue();
  await verify(token);
  const forged = `${token.slice(0, -10)}${token.at(-10) === 'A' ? 'B' : 'A'}${token.slice(-9)}`;
  for (let round = 0; round < 2; round += 1) await expect(verify(forged)).rejects.toMatchObject({ status: 401 });
});
