import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Answer, Answers } from '../documents/attempt.ts';
import type { Question, Quiz } from '../documents/quiz.ts';
import { folded, grade, isRight, parseNumber } from './grading.ts';
import { keyFault, withoutKeys } from './without-keys.ts';
import { quizzes, rightAnswers } from './testing/quizzes.ts';

const ask = (question: Record<string, unknown>): Question => ({ id: 's1', prompt: ['?'], ...question }) as Question;
const choices = ['a', 'b', 'c'].map((id) => ({ id, text: [id] }));

test('the right answers score 1, none score 0, and a score is the share of what is right', () => {
  fc.assert(
    fc.property(quizzes, fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), (quiz, given) => {
      const right = rightAnswers(quiz);
      expect(grade(quiz, right)).toMatchObject({ score: 1, passed: true });
      const some: Answers = Object.fromEntries(Object.entries(right).filter((_, index) => given[index % 8]));
      const { score, correct } = grade(quiz, some);
      expect(score).toBeCloseTo(Object.keys(some).length / quiz.questions.length, 10);
      for (const { id } of quiz.questions) expect(correct[id]).toBe(Object.hasOwn(some, id));
    })
  );
});

test('an answer of another kind is wrong and harms nothing', () => {
  const answer: fc.Arbitrary<Answer> = fc.oneof(
    fc.string(),
    fc.array(fc.string()),
    fc.dictionary(fc.string(), fc.string()),
    fc.double({ noNaN: true })
  );
  fc.assert(
    fc.property(quizzes, answer, (quiz, any) => {
      const { score } = grade(quiz, Object.fromEntries(quiz.questions.map(({ id }) => [id, any])));
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1);
    })
  );
});

test('names that every object has are no answers', () => {
  const quiz = { passing: 0, questions: [ask({ id: 'constructor', kind: 'text', key: ['a'] })] };
  expect(grade(quiz, {})).toEqual({ score: 0, correct: { constructor: false }, passed: true });
});

test('a quiz without keys is passed by nobody', () => {
  fc.assert(
    fc.property(quizzes, (quiz) => {
      expect(grade({ ...withoutKeys(quiz).open, passing: 0 }, rightAnswers(quiz))).toEqual({
        score: 0,
        correct: {},
        passed: false
      });
    })
  );
});

test('several choices count as a set, an order as it is, pairs whole', () => {
  const multiple = ask({ kind: 'multiple', choices, key: ['a', 'c'] });
  expect([['c', 'a'], ['a', 'c', 'a'], ['a'], ['a', 'b', 'c'], 'a'].map((one) => isRight(multiple, one))).toEqual([
    true,
    true,
    false,
    false,
    false
  ]);
  const order = ask({ kind: 'order', choices, key: ['a', 'b', 'c'] });
  expect(
    [
      ['a', 'b', 'c'],
      ['a', 'c', 'b'],
      ['a', 'b']
    ].map((one) => isRight(order, one))
  ).toEqual([true, false, false]);
  const match = ask({ kind: 'match', choices, targets: choices, key: { a: 'b', b: 'b' } });
  const pairs: Answer[] = [{ a: 'b', b: 'b' }, { a: 'b' }, { a: 'b', b: 'b', c: 'a' }];
  expect(pairs.map((one) => isRight(match, one))).toEqual([true, false, false]);
});

test('a number is right within its tolerance, and rounding makes none wrong', () => {
  const near = (value: number, tolerance: number, answer: Answer) =>
    isRight(ask({ kind: 'number', key: { value, tolerance } }), answer);
  expect(near(0.2, 0.1, 0.1 + 0.2)).toBe(true);
  expect(near(100, 5, 105)).toBe(true);
  expect(near(100, 5, 105.01)).toBe(false);
  expect(near(100, 0, '100')).toBe(false);
});

test('texts are compared folded, and folding twice changes nothing', () => {
  expect(isRight(ask({ kind: 'text', key: ['Sabun Cair'] }), '  “sabun   CAIR”. ')).toBe(true);
  expect(isRight(ask({ kind: 'text', key: ['sabun'] }), 'sabu')).toBe(false);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(folded(folded(text))).toBe(folded(text));
    })
  );
});

test.each([
  ['2.400', 2400],
  ['2.400,5', 2400.5],
  ['2400.5', 2400.5],
  ['0,8', 0.8],
  ['−3', -3],
  ['1 250', 1250],
  ['', undefined],
  ['12 ekor', undefined],
  ['1,2,3', undefined]
])('%j is the number %s', (text, value) => expect(parseNumber(text)).toBe(value));

test('what goes to devices tells nothing of the keys, and the server grades answers to it', () => {
  fc.assert(
    fc.property(quizzes, (quiz) => {
      const { open, keyed } = withoutKeys(quiz);
      const told = JSON.stringify(open);
      expect(told).not.toMatch(/"key"|"explanation"|rahasia/);
      // Two authors who wrote the choices of an order in other orders, under other names, give devices the same file.
      expect(JSON.stringify(withoutKeys(scrambled(quiz)).open)).toBe(told);
      expect(keyFault(keyed)).toBeUndefined();
      expect(grade(keyed, rightAnswers(keyed))).toMatchObject({ score: 1 });
      expect(withoutKeys(keyed)).toEqual({ open, keyed });
    })
  );
});

/** The same quiz, with the steps of its orders and pairs written backwards and every id another. */
function scrambled(quiz: Quiz): Quiz {
  const name = (id: string): string => `x-${id}`;
  const rename = <T extends { id: string }>(list: T[]): T[] => list.map((one) => ({ ...one, id: name(one.id) }));
  const questions = quiz.questions.map((question): Question => {
    if (question.kind === 'order')
      return { ...question, choices: rename(question.choices).reverse(), key: question.key?.map(name) };
    if (question.kind !== 'match') return question;
    const pairs = Object.entries(question.key ?? {}).map(([a, b]) => [name(a), name(b)]);
    return {
      ...question,
      choices: rename(question.choices).reverse(),
      targets: rename(question.targets).reverse(),
      key: Object.fromEntries(pairs) as Record<string, string>
    };
  });
  return { ...quiz, questions };
}
