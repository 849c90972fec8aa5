import type { ChapterNode } from '../../src/lib/domain/documents/chapter.ts';
import { choicesOf, targetsOf, type Quiz } from '../../src/lib/domain/documents/quiz.ts';
import { withoutKeys } from '../../src/lib/domain/learning/without-keys.ts';
import { jsonFile } from './text.ts';
import type { AnswerKey, CourseFile } from './types.ts';

/** A quiz or an evaluation of a course before it is published. */
export interface QuizDraft {
  form: 'quiz' | 'evaluation';
  content: Quiz;
}

/**
 * The file of a quiz as devices get it. That of an evaluation has no keys: they are a value of their own, which publishing
 * keeps where no device reads.
 */
export function quizFile(chapter: string, { form, content }: QuizDraft): { file: CourseFile; key?: AnswerKey } {
  if (form === 'quiz') return { file: jsonFile(content) };
  const { open, keyed } = withoutKeys(content);
  const file = jsonFile(open);
  return { file, key: { chapter, file: file.sha256, quiz: keyed } };
}

/** Everything in a quiz that is shown as a chapter tree. */
export const nodesOfQuiz = ({ intro = [], questions }: Quiz): ChapterNode[] => [
  ...intro,
  ...questions.flatMap((question) => [
    ...question.prompt,
    ...(question.explanation ?? []),
    ...[...choicesOf(question), ...targetsOf(question)].flatMap(({ text }) => text)
  ])
];
