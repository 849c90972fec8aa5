import type { Answer, Answers } from '../documents/attempt.ts';
import type { Question, Quiz } from '../documents/quiz.ts';

/** What came of a set of answers. */
export interface Graded {
  /** Share of the questions with a key that were answered right. */
  score: number;
  /** Which questions were right; what has no key is not in it. */
  correct: Record<string, boolean>;
  passed: boolean;
}

/** A text as it counts in an answer: without case, spare white space, and punctuation at its ends. */
export const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, '');

/** Rounding of binary fractions may not make a right answer wrong: 0.3 is within 0.1 of 0.2. */
const isWithin = (value: number, wanted: number, tolerance: number): boolean =>
  Math.abs(value - wanted) <= tolerance + Number.EPSILON * 4 * Math.max(Math.abs(value), Math.abs(wanted), 1);

const sameSet = (a: readonly string[], b: readonly string[]): boolean => {
  const [left, right] = [new Set(a), new Set(b)];
  return left.size === right.size && [...left].every((item) => right.has(item));
};

const sameOrder = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((item, index) => item === b[index]);

const samePairs = (a: Record<string, string>, b: Record<string, string>): boolean => {
  const wanted = Object.entries(b);
  return Object.keys(a).length === wanted.length && wanted.every(([choice, target]) => a[choice] === target);
};

const isPairs = (answer: Answer | undefined): answer is Record<string, string> =>
  typeof answer === 'object' && !Array.isArray(answer);

/** Whether an answer is right; undefined when the question has no key. What is of another kind is wrong. */
export function isRight(question: Question, answer: Answer | undefined): boolean | undefined {
  switch (question.kind) {
    case 'single':
      return question.key === undefined ? undefined : answer === question.key;
    case 'multiple':
      return question.key && Array.isArray(answer) ? sameSet(answer, question.key) : question.key && false;
    case 'order':
      return question.key && Array.isArray(answer) ? sameOrder(answer, question.key) : question.key && false;
    case 'match':
      return question.key && isPairs(answer) ? samePairs(answer, question.key) : question.key && false;
    case 'number':
      if (!question.key) return undefined;
      return typeof answer === 'number' && isWithin(answer, question.key.value, question.key.tolerance);
    case 'text':
      if (!question.key) return undefined;
      return typeof answer === 'string' && question.key.some((accepted) => folded(accepted) === folded(answer));
  }
}

/** Grades answers against a quiz with its keys. A quiz without any key is passed by nobody. */
export function grade({ questions, passing }: Pick<Quiz, 'questions' | 'passing'>, answers: Answers): Graded {
  const judged = questions.flatMap((question): [string, boolean][] => {
    const given = Object.hasOwn(answers, question.id) ? answers[question.id] : undefined;
    const right = isRight(question, given);
    return right === undefined ? [] : [[question.id, right]];
  });
  const correct = Object.fromEntries(judged);
  const score = judged.length === 0 ? 0 : judged.filter(([, right]) => right).length / judged.length;
  return { score, correct, passed: judged.length > 0 && score + Number.EPSILON >= passing };
}

/**
 * A number as it is written in Indonesia (1.250,5) or with a decimal point (1250.5); undefined when it is none. One
 * point before exactly three digits groups thousands.
 */
export function parseNumber(text: string): number | undefined {
  const written = text
    .trim()
    .replace(/[\s\u00a0]/g, '')
    .replace(/^−/, '-');
  const grouped = /^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(written);
  const plain = grouped ? written.replaceAll('.', '').replace(',', '.') : written.replace(',', '.');
  if (!/^-?(\d+(\.\d*)?|\.\d+)$/.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}
