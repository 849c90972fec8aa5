import * as v from 'valibot';
import { assertChapter, type ChapterNode } from './chapter.ts';
import { line, text } from './fields.ts';

/** Text with its marks and pictures, as in a chapter. */
const rich = v.pipe(
  v.array(v.unknown()),
  v.check((nodes) => {
    try {
      assertChapter({ version: 1, title: '', nodes });
      return true;
    } catch {
      return false;
    }
  }, 'The text is no chapter tree'),
  v.transform((nodes) => nodes as ChapterNode[])
);

const choice = v.looseObject({ id: line(100), text: rich });
const choices = v.pipe(v.array(choice), v.minLength(1), v.maxLength(100));
const common = { id: line(100), prompt: rich, explanation: v.optional(rich) };

/** A question with its key; in the file of an evaluation `key` is missing, and stands on the server alone. */
export const question = v.variant('kind', [
  v.looseObject({ ...common, kind: v.literal('single'), choices, key: v.optional(line(100)) }),
  v.looseObject({ ...common, kind: v.literal('multiple'), choices, key: v.optional(v.array(line(100))) }),
  v.looseObject({ ...common, kind: v.literal('order'), choices, key: v.optional(v.array(line(100))) }),
  v.looseObject({
    ...common,
    kind: v.literal('match'),
    choices,
    targets: choices,
    key: v.optional(v.record(line(100), line(100)))
  }),
  v.looseObject({
    ...common,
    kind: v.literal('number'),
    unit: v.optional(text(40)),
    key: v.optional(v.strictObject({ value: v.number(), tolerance: v.pipe(v.number(), v.minValue(0)) }))
  }),
  /** Accepted texts; case, white space and punctuation at the ends do not count. */
  v.looseObject({ ...common, kind: v.literal('text'), key: v.optional(v.array(text(200))) })
]);

/** The file of a quiz or an evaluation. `passing` is the share of right answers that it takes. */
export const quiz = v.looseObject({
  version: v.literal(1),
  title: text(300),
  intro: v.optional(rich),
  passing: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  shuffle: v.optional(v.boolean()),
  questions: v.pipe(v.array(question), v.minLength(1), v.maxLength(500))
});

export type Question = v.InferOutput<typeof question>;
export type Quiz = v.InferOutput<typeof quiz>;
export type Choice = v.InferOutput<typeof choice>;

/** What there is to choose, to order or to match; nothing where one writes. */
export const choicesOf = (question: Question): Choice[] =>
  question.kind === 'number' || question.kind === 'text' ? [] : question.choices;

/** What choices are matched with. */
export const targetsOf = (question: Question): Choice[] => (question.kind === 'match' ? question.targets : []);
