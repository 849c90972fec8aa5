import { choicesOf, targetsOf, type Choice, type Question, type Quiz } from '../documents/quiz.ts';

/** In which order a person gets the questions and their choices; kept with her answers. */
export interface Arrangement {
  questions: string[];
  choices: Record<string, string[]>;
}

/** Fisher and Yates; the list that was given stays as it is. */
function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const rest = [...list];
  return list.map(() => rest.splice(Math.floor(random() * rest.length), 1)).flat();
}

const idsOf = (list: readonly Choice[]): string[] => list.map(({ id }) => id);

/** Steps and pairs always come in another order than they are written, everything else where the quiz says so. */
export function arrange({ questions, shuffle = false }: Quiz, random: () => number = Math.random): Arrangement {
  const mix = <T>(list: readonly T[]): T[] => (shuffle ? shuffled(list, random) : [...list]);
  const choiceIds = (question: Question): string[] => {
    const ids = idsOf(choicesOf(question));
    return question.kind === 'order' ? shuffled(ids, random) : mix(ids);
  };
  return {
    questions: mix(questions.map(({ id }) => id)),
    choices: Object.fromEntries(questions.map((question) => [question.id, choiceIds(question)]))
  };
}

/** The choices of a question in that order; those that it does not name come last. */
export function arranged(question: Question, order: readonly string[] | undefined): Choice[] {
  const rank = new Map(order?.map((id, index) => [id, index]));
  const of = ({ id }: Choice): number => rank.get(id) ?? Number.MAX_SAFE_INTEGER;
  return [...choicesOf(question)].sort((a, b) => of(a) - of(b));
}

/** What may be matched, sorted by what it says: the order in which it is written may be the answer. */
export const ends = (question: Question): Choice[] =>
  [...targetsOf(question)].sort((a, b) => (JSON.stringify(a.text) < JSON.stringify(b.text) ? -1 : 1));
