import fc from 'fast-check';
import * as v from 'valibot';
import type { Answer, Answers } from '../../documents/attempt.ts';
import { quiz as quizSchema, type Quiz } from '../../documents/quiz.ts';

/** Arbitrary quizzes with keys, of all kinds of questions, for property tests. */

const SECRET = { explanation: ['rahasia'], hint: 'rahasia' };

const choicesOf = (prefix: string) =>
  fc
    .integer({ min: 2, max: 5 })
    .map((count) =>
      Array.from({ length: count }, (_, index) => ({ id: `${prefix}${index}`, text: [`${prefix} nomor ${index}`] }))
    );

const choices = choicesOf('pilihan');
const pick = <T>(list: T[], at: number): T => list[at % list.length] as T;

const bodies: fc.Arbitrary<Record<string, unknown>> = fc.oneof(
  fc.tuple(choices, fc.nat()).map(([list, at]) => ({ kind: 'single', choices: list, key: pick(list, at).id })),
  choices.chain((list) =>
    fc
      .subarray(
        list.map(({ id }) => id),
        { minLength: 1 }
      )
      .map((key) => ({ kind: 'multiple', choices: list, key }))
  ),
  choices.chain((list) =>
    fc
      .shuffledSubarray(
        list.map(({ id }) => id),
        { minLength: list.length }
      )
      .map((key) => ({ kind: 'order', choices: list, key }))
  ),
  fc
    .tuple(choices, choicesOf('tujuan'), fc.array(fc.nat(), { minLength: 5, maxLength: 5 }))
    .map(([list, targets, at]) => ({
      ...{ kind: 'match', choices: list, targets },
      key: Object.fromEntries(list.map(({ id }, index) => [id, pick(targets, at[index] ?? 0).id]))
    })),
  fc
    .tuple(
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }),
      fc.double({ min: 0, max: 10, noNaN: true })
    )
    .map(([value, tolerance]) => ({ kind: 'number', unit: 'kg', key: { value, tolerance } })),
  fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 3 }).map((key) => ({ kind: 'text', key }))
);

export const quizzes: fc.Arbitrary<Quiz> = fc
  .record({
    bodies: fc.array(bodies, { minLength: 1, maxLength: 8 }),
    passing: fc.double({ min: 0, max: 1, noNaN: true })
  })
  .map(({ bodies: list, passing }) => ({
    ...{ version: 1, title: 'Kuis', passing },
    questions: list.map((body, index) => ({ id: `s${index}`, prompt: ['?'], ...SECRET, ...body }))
  }))
  .map((written) => v.parse(quizSchema, written));

/** The answers that its keys say are right. */
export const rightAnswers = ({ questions }: Quiz): Answers =>
  Object.fromEntries(
    questions.flatMap(({ id, kind, key }): [string, Answer][] => {
      if (kind === 'number') return key ? [[id, key.value]] : [];
      if (kind === 'text') return key?.[0] === undefined ? [] : [[id, key[0]]];
      return key === undefined ? [] : [[id, key]];
    })
  );
