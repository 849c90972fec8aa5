import { choicesOf, targetsOf, type Choice, type Question, type Quiz } from '../documents/quiz.ts';

type Names = Map<string, string>;

const asText = ({ text }: Choice): string => JSON.stringify(text);

/** Sorted by what they say: the order in which they were written down may be the answer. */
const neutral = (choices: Choice[]): Choice[] =>
  [...choices].sort((a, b) => (asText(a) < asText(b) ? -1 : asText(a) > asText(b) ? 1 : 0));

/** New names by position: an author may have called a choice `benar`. */
const namesFor = (choices: Choice[], prefix: string): Names =>
  new Map(choices.map(({ id }, index) => [id, `${prefix}${index + 1}`]));

const renamed = (names: Names, id: string): string => names.get(id) ?? id;

const bare = (choices: Choice[], names: Names): Choice[] =>
  choices.map(({ id, text }) => ({ id: renamed(names, id), text }));

interface Halves {
  open: Question;
  keyed: Question;
}

/** Parts a question, with neutral names for its choices and nothing in it that this build does not know. */
function parted(question: Question): Halves {
  const { id, prompt, explanation } = question;
  const common = { id, prompt };
  const more = explanation && { explanation };
  switch (question.kind) {
    case 'single': {
      const names = namesFor(question.choices, 'p');
      const open = { ...common, kind: question.kind, choices: bare(question.choices, names) };
      return { open, keyed: { ...open, ...more, key: question.key && renamed(names, question.key) } };
    }
    case 'multiple':
    case 'order': {
      const choices = question.kind === 'order' ? neutral(question.choices) : question.choices;
      const names = namesFor(choices, 'p');
      const open = { ...common, kind: question.kind, choices: bare(choices, names) };
      return { open, keyed: { ...open, ...more, key: question.key?.map((one) => renamed(names, one)) } };
    }
    case 'match': {
      const [choices, targets] = [neutral(question.choices), neutral(question.targets)];
      const [names, ends] = [namesFor(choices, 'p'), namesFor(targets, 't')];
      const { kind, key } = question;
      const open = { ...common, kind, choices: bare(choices, names), targets: bare(targets, ends) };
      const pairs = key && Object.entries(key).map(([a, b]) => [renamed(names, a), renamed(ends, b)] as const);
      return { open, keyed: { ...open, ...more, key: pairs && Object.fromEntries(pairs) } };
    }
    case 'number': {
      const open = { ...common, kind: question.kind, ...(question.unit && { unit: question.unit }) };
      return { open, keyed: { ...open, ...more, key: question.key } };
    }
    case 'text': {
      const open = { ...common, kind: question.kind };
      return { open, keyed: { ...open, ...more, key: question.key } };
    }
  }
}

/**
 * Parts an evaluation into what goes to devices and what stays on the server. Keys, explanations, unknown fields, the
 * names of choices and, where it would be the answer, their order stay behind; both halves name choices alike.
 */
export function withoutKeys(quiz: Quiz): { open: Quiz; keyed: Quiz } {
  const { version, title, intro, passing, shuffle } = quiz;
  const facts = {
    ...{ version, title, passing },
    ...(intro && { intro }),
    ...(shuffle !== undefined && { shuffle })
  };
  const halves = quiz.questions.map(parted);
  return {
    open: { ...facts, questions: halves.map(({ open }) => open) },
    keyed: { ...facts, questions: halves.map(({ keyed }) => keyed) }
  };
}

/** Whether every question says what is right, with choices that are there; otherwise the id of the first that does not. */
export function keyFault({ questions }: Quiz): string | undefined {
  return questions.find((question) => !isKeyed(question))?.id;
}

function isKeyed(question: Question): boolean {
  if (question.key === undefined) return false;
  const ids = choicesOf(question).map(({ id }) => id);
  switch (question.kind) {
    case 'single':
      return ids.includes(question.key ?? '');
    case 'multiple':
      return (question.key ?? []).every((id) => ids.includes(id));
    case 'order':
      return question.key?.length === ids.length && ids.every((id) => question.key?.includes(id));
    case 'match': {
      const targets = targetsOf(question).map(({ id }) => id);
      const pairs = Object.entries(question.key ?? {});
      return pairs.length === ids.length && pairs.every(([a, b]) => ids.includes(a) && targets.includes(b));
    }
    case 'text':
      return (question.key ?? []).length > 0;
    case 'number':
      return true;
  }
}
