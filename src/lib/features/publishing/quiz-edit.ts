import type { ChapterNode } from '$lib/domain/documents/chapter';
import type { Question } from '$lib/domain/documents/quiz';

/** The words of a text with marks. */
export const wordsOf = (nodes: readonly ChapterNode[]): string =>
  nodes.map((node) => (typeof node === 'string' ? node : wordsOf(node.slice(2) as ChapterNode[]))).join('');

/** Words as a text; a text whose words are the same keeps its marks and pictures. */
export const textOf = (words: string, before: ChapterNode[]): ChapterNode[] =>
  wordsOf(before) === words ? before : [['p', {}, words]];

let count = 0;
const newId = (): string => `p-${Date.now().toString(36)}-${(count += 1)}`;

export const newChoice = (): { id: string; text: ChapterNode[] } => ({ id: newId(), text: [] });

/** A question of this kind with nothing said yet. */
export function newQuestion(kind: Question['kind']): Question {
  const [first, second] = [newChoice(), newChoice()];
  const common = { id: newId(), prompt: [] };
  const choices = [first, second];
  switch (kind) {
    case 'single':
      return { ...common, kind, choices, key: first.id };
    case 'multiple':
      return { ...common, kind, choices, key: [first.id] };
    case 'order':
      return { ...common, kind, choices, key: choices.map(({ id }) => id) };
    case 'match': {
      const targets = [newChoice(), newChoice()];
      const key = Object.fromEntries(choices.map(({ id }, index) => [id, targets[index]?.id ?? '']));
      return { ...common, kind, choices, targets, key };
    }
    case 'number':
      return { ...common, kind, key: { value: 0, tolerance: 0 } };
    case 'text':
      return { ...common, kind, key: [''] };
  }
}

/** A question without one of its choices, and with a key that does not name it. */
export function withoutChoice(question: Question, id: string): Question {
  if (question.kind === 'number' || question.kind === 'text') return question;
  const choices = question.choices.filter((one) => one.id !== id);
  switch (question.kind) {
    case 'single':
      return { ...question, choices, key: question.key === id ? choices[0]?.id : question.key };
    case 'multiple':
    case 'order':
      return { ...question, choices, key: (question.key ?? []).filter((one) => one !== id) };
    case 'match': {
      const key = Object.fromEntries(Object.entries(question.key ?? {}).filter(([one]) => one !== id));
      return { ...question, choices, key };
    }
  }
}

/** A question with one more choice; it has its place in the key where every choice has one. */
export function withChoice(question: Question): Question {
  if (question.kind === 'number' || question.kind === 'text') return question;
  const choice = newChoice();
  const choices = [...question.choices, choice];
  if (question.kind === 'order') return { ...question, choices, key: [...(question.key ?? []), choice.id] };
  if (question.kind !== 'match') return { ...question, choices };
  const target = newChoice();
  return {
    ...question,
    choices,
    targets: [...question.targets, target],
    key: { ...question.key, [choice.id]: target.id }
  };
}
