import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { Secret } from 'otpauth';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { makePerson, openTestGateway, type TestGateway } from '../gateway/fixtures.ts';
import { openFactors, type Factors } from './factors.ts';
import { makeSeal, type Seal } from './seal.ts';
import { codeAt, STEP_MS, stepAt } from './totp.ts';

const HOUR = 3_600_000;
const BEGIN = 1_800_000_000_000;

let gateway: TestGateway;
let seal: Seal;
let factors: Factors;
let now = BEGIN;

const opened = (using = seal): Factors => openFactors(gateway.couch, using, () => now);
const newSeal = (): Seal => makeSeal(new Uint8Array(randomBytes(32)));
const codeOf = (secret: string, step = stepAt(now)): string => codeAt(Secret.fromBase32(secret).bytes, step);

beforeAll(async () => {
  gateway = await openTestGateway([]);
});
afterAll(() => gateway.close());
beforeEach(() => {
  now = BEGIN;
  seal = newSeal();
  factors = opened();
});

async function enrol() {
  const person = makePerson('guru');
  const { secret, ticket } = factors.begin(person);
  const answer = await factors.confirm(person.id, ticket, codeOf(secret));
  if (answer.kind !== 'on') throw new Error(answer.kind);
  return { person, secret, ticket, recovery: answer.recovery };
}

test('whatever is typed whenever: a code lets in at its time and once, steps never go back, and others are told apart', async () => {
  const near = fc.integer({ min: -3, max: 3 });
  const offset = fc.oneof({ arbitrary: near, weight: 3 }, fc.integer({ min: -3_000, max: 3_000 }));
  const tries = fc.array(fc.record({ wait: fc.integer({ min: 0, max: 3 }), offset }), { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(tries, async (list) => {
      now = BEGIN;
      const { person, secret } = await enrol();
      let last = stepAt(now);
      const told = new Set<number>();
      for (const { wait, offset } of list) {
        now += wait * STEP_MS;
        const step = stepAt(now) + offset;
        const code = codeOf(secret, step);
        const answer = await factors.check(person.id, code);
        if (Math.abs(offset) <= 1) {
          expect(answer).toEqual({ kind: step > last && !told.has(step) ? 'app' : 'wrong' });
          if (answer.kind !== 'app') continue;
          last = step;
          // What is before a used step is used up by that, told or not.
          for (const one of told) if (one < step) told.delete(one);
        } else if (Math.abs(offset) <= 2_880 && !told.has(step)) {
          // Of 5,761 codes two may be the same, and the nearer one is told.
          const seconds = answer.kind === 'clock' ? answer.seconds : 0;
          expect(Math.abs(seconds)).toBeLessThanOrEqual(Math.abs(offset * 30));
          expect(codeOf(secret, stepAt(now) + seconds / 30)).toBe(code);
          if (seconds > 0) told.add(stepAt(now) + seconds / 30);
        } else if (Math.abs(offset) <= 2_880) expect(answer).toEqual({ kind: 'wrong' });
        else expect(answer.kind).not.toBe('app');
      }
    }),
    { numRuns: 12 }
  );
});

test('a code that comes twice at the same moment lets in once, from the app and from paper', async () => {
  const { person, secret, recovery } = await enrol();
  now += STEP_MS;
  for (const code of [codeOf(secret), recovery[0] ?? '']) {
    const answers = await Promise.all(Array.from({ length: 5 }, () => factors.check(person.id, code)));
    expect(answers.filter(({ kind }) => kind !== 'wrong')).toHaveLength(1);
  }
});

test('a ticket counts for the hours that it takes to fetch an app over a slow link, and no longer', async () => {
  const person = makePerson('jauh');
  const { secret, ticket } = factors.begin(person);
  now += 5 * HOUR;
  expect(await factors.confirm(person.id, ticket, codeOf(secret))).toEqual({ kind: 'over' });
  now -= 2 * HOUR;
  expect(await factors.confirm(person.id, ticket, codeOf(secret))).toMatchObject({ kind: 'on' });
});

test('a factor does not give way to a ticket from before it, and its own ticket gives no used code back', async () => {
  const { secret: theirs, ticket: older } = factors.begin({ id: '1', account: 'guru' });
  now += STEP_MS;
  const { secret, ticket } = factors.begin({ id: '1', account: 'guru' });
  expect(await factors.confirm('1', ticket, codeOf(secret))).toMatchObject({ kind: 'on' });
  expect(await factors.confirm('1', older, codeOf(theirs))).toEqual({ kind: 'over' });
  now += STEP_MS;
  const used = codeOf(secret);
  expect(await factors.check('1', used)).toEqual({ kind: 'app' });
  expect(await factors.confirm('1', ticket, codeOf(secret, stepAt(now) - 1))).toMatchObject({ kind: 'on' });
  expect(await factors.check('1', used)).toEqual({ kind: 'wrong' });
  const next = factors.begin({ id: '1', account: 'guru' });
  expect(await factors.confirm('1', next.ticket, codeOf(next.secret))).toMatchObject({ kind: 'on' });
});

test('where the key was lost, the codes on paper still let in', async () => {
  const { person, secret, recovery } = await enrol();
  now += STEP_MS;
  const without = opened(newSeal());
  expect(await without.check(person.id, codeOf(secret))).toEqual({ kind: 'wrong' });
  expect(await without.check(person.id, recovery[0] ?? '')).toEqual({ kind: 'recovery' });
});
