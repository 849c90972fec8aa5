import * as v from 'valibot';
import type { ChapterNode } from '../../../src/lib/domain/documents/chapter.ts';
import { quiz as quizSchema, type Question, type Quiz } from '../../../src/lib/domain/documents/quiz.ts';
import { parseNumber } from '../../../src/lib/domain/learning/grading.ts';
import { keyFault } from '../../../src/lib/domain/learning/without-keys.ts';
import { ImportRefused } from '../types.ts';

/** Share of right answers that passes when the notation does not say. */
const PASSING = 0.7;

/** One question as it is written: its lines without the mark in front. */
interface Written {
  number: number;
  prompt: string[];
  answers: string[];
  explanation: string[];
}

export interface QuizNotation {
  title: string;
  /** The name of the chapter, for refusals. */
  chapter: string;
  intro: ChapterNode[];
  /** Makes nodes of Markdown. */
  convert: (markdown: string) => ChapterNode[];
}

const SETTING = /^(lulus|passing|acak|shuffle)\s*:\s*(.+)$/i;
const ANSWER = /^\s*(\([ xX]\)|\[[ xX]\]|\d+[.)]|-|=)\s+(.+)$/;

/**
 * Reads a quiz in the plain notation that `docs/courses.md` describes: `?` begins a question, `( )` `(x)` are choices
 * of which one is right, `[ ]` `[x]` of which several are, `1.` steps in their right order, `- a = b` pairs, `= 12 ± 1 kg`
 * a number, `= "a" | "b"` accepted texts, and `>` explains.
 * @throws ImportRefused
 */
export function readQuiz(text: string, notation: QuizNotation): Quiz {
  const { settings, written } = linesOf(text, notation);
  const draft = {
    version: 1,
    title: notation.title,
    ...(notation.intro.length > 0 && { intro: notation.intro }),
    passing: passingOf(settings, notation),
    ...(settings.shuffle !== undefined && { shuffle: /^(ya|yes|true)$/i.test(settings.shuffle) }),
    questions: written.map((one) => questionOf(one, notation))
  };
  const read = v.safeParse(quizSchema, draft);
  if (!read.success) throw refused(notation, read.issues[0].message);
  const fault = keyFault(read.output);
  if (fault) throw refused(notation, `question ${fault.slice(1)} does not say what is right`);
  return read.output;
}

const refused = ({ chapter }: QuizNotation, what: string): ImportRefused =>
  new ImportRefused('unreadable', `The quiz of the chapter ${chapter}: ${what}.`);

interface Settings {
  passing?: string;
  shuffle?: string;
}

function linesOf(text: string, notation: QuizNotation): { settings: Settings; written: Written[] } {
  const settings: Settings = {};
  const written: Written[] = [];
  for (const line of text.split(/\r?\n/)) {
    const question = written.at(-1);
    const [, prompt] = /^\?\s+(.+)$/.exec(line) ?? [];
    if (prompt !== undefined) {
      written.push({ number: written.length + 1, prompt: [prompt], answers: [], explanation: [] });
    } else if (!question) {
      const [, name = '', value = ''] = SETTING.exec(line.trim()) ?? [];
      if (/^(lulus|passing)$/i.test(name)) settings.passing = value.trim();
      else if (name) settings.shuffle = value.trim();
      else if (line.trim()) throw refused(notation, `"${line.trim()}" stands before the first question`);
    } else if (/^\s*>/.test(line)) question.explanation.push(line.replace(/^\s*>\s?/, ''));
    else if (ANSWER.test(line)) question.answers.push(line.trim());
    else if (question.answers.length === 0) question.prompt.push(line);
    else if (line.trim()) throw refused(notation, `"${line.trim()}" is no answer`);
  }
  if (written.length === 0) throw refused(notation, 'it has no question, a line that begins with "? "');
  return { settings, written };
}

function passingOf({ passing }: Settings, notation: QuizNotation): number {
  if (passing === undefined) return PASSING;
  const [, digits, percent] = /^([\d.,]+)\s*(%?)$/.exec(passing) ?? [];
  const value = digits === undefined ? undefined : parseNumber(digits);
  if (value === undefined || value > (percent ? 100 : 1))
    throw refused(notation, `"${passing}" is no share that passes`);
  return percent ? value / 100 : value;
}

type Kind = Question['kind'];

const kindOf = (answer: string): Kind => {
  if (answer.startsWith('(')) return 'single';
  if (answer.startsWith('[')) return 'multiple';
  if (answer.startsWith('-')) return 'match';
  if (answer.startsWith('=')) return /["“”]/.test(answer) ? 'text' : 'number';
  return 'order';
};

function questionOf(written: Written, notation: QuizNotation): unknown {
  const { number, prompt, answers, explanation } = written;
  const fault = (what: string): ImportRefused => refused(notation, `question ${number} ${what}`);
  const kinds = new Set(answers.map(kindOf));
  const [kind] = kinds;
  if (!kind) throw fault('has no answers');
  if (kinds.size > 1) throw fault('mixes kinds of answers');
  const common = {
    ...{ id: `s${number}`, kind, prompt: notation.convert(prompt.join('\n').trim()) },
    ...(explanation.length > 0 && { explanation: notation.convert(explanation.join('\n')) })
  };
  const texts = answers.map((answer) => ANSWER.exec(answer)?.[2]?.trim() ?? '');
  const choicesOf = (list: string[], prefix: string) =>
    list.map((text, index) => ({ id: `${prefix}${index + 1}`, text: inline(notation.convert(text)) }));
  const ids = texts.map((_, index) => `p${index + 1}`);
  const right = ids.filter((_, index) => /^.[xX]/.test(answers[index] ?? ''));
  switch (kind) {
    case 'single':
      if (right.length !== 1) throw fault('needs exactly one (x)');
      return { ...common, choices: choicesOf(texts, 'p'), key: right[0] };
    case 'multiple':
      return { ...common, choices: choicesOf(texts, 'p'), key: right };
    case 'order':
      return { ...common, choices: choicesOf(texts, 'p'), key: ids };
    case 'match':
      return { ...common, ...pairsOf(texts, choicesOf, fault) };
    case 'number':
    case 'text':
      if (texts.length !== 1) throw fault('needs exactly one line that begins with "="');
      return {
        ...common,
        ...(kind === 'text' ? { key: acceptedOf(texts[0] ?? '') } : numberOf(texts[0] ?? '', fault))
      };
  }
}

/** A choice is one line: its paragraph's content. */
const inline = (nodes: ChapterNode[]): ChapterNode[] => {
  const [only] = nodes;
  return nodes.length === 1 && Array.isArray(only) && only[0] === 'p' ? (only.slice(2) as ChapterNode[]) : nodes;
};

type Fault = (what: string) => ImportRefused;

function pairsOf(texts: string[], choicesOf: (list: string[], prefix: string) => { id: string }[], fault: Fault) {
  const pairs = texts.map((text) => {
    const [, left, right] = /^(.+?)\s+=\s+(.+)$/.exec(text) ?? [];
    if (left === undefined || right === undefined) throw fault(`has no pair in "${text}"`);
    return { left, right };
  });
  // Several may belong to one: it is offered once.
  const ends = [...new Set(pairs.map(({ right }) => right))];
  return {
    choices: choicesOf(
      pairs.map(({ left }) => left),
      'p'
    ),
    targets: choicesOf(ends, 't'),
    key: Object.fromEntries(pairs.map(({ right }, index) => [`p${index + 1}`, `t${ends.indexOf(right) + 1}`]))
  };
}

function numberOf(text: string, fault: Fault): { key: { value: number; tolerance: number }; unit?: string } {
  const [, first = '', , second, unit] = /^([-−\d.,]+)(\s*(?:±|\+-|\+\/-)\s*([\d.,]+))?\s*(\D.*)?$/.exec(text) ?? [];
  const value = parseNumber(first);
  const tolerance = second === undefined ? 0 : parseNumber(second);
  if (value === undefined || tolerance === undefined) throw fault(`has no number in "${text}"`);
  return { key: { value, tolerance }, ...(unit?.trim() && { unit: unit.trim() }) };
}

const acceptedOf = (text: string): string[] =>
  text
    .split('|')
    .map((one) => one.trim().replace(/^["“”]|["“”]$/g, ''))
    .filter(Boolean);
