import type { Answer } from '$lib/domain/documents/attempt';
import { choicesOf, targetsOf, type Question } from '$lib/domain/documents/quiz';
import { number } from '$lib/ui';
import { plainText } from './plain-text';

/** An answer in words. */
export function answerWords(question: Question, answer: Answer): string {
  const choices = new Map(choicesOf(question).map(({ id, text }) => [id, plainText(text)]));
  const targets = new Map(targetsOf(question).map(({ id, text }) => [id, plainText(text)]));
  const word = (id: string): string => choices.get(id) ?? id;
  if (typeof answer === 'number') return number(answer, 6);
  if (typeof answer === 'string') return question.kind === 'single' ? word(answer) : answer;
  if (Array.isArray(answer)) return answer.map(word).join(question.kind === 'order' ? ' → ' : '; ');
  return Object.entries(answer)
    .map(([choice, target]) => `${word(choice)} = ${targets.get(target) ?? target}`)
    .join('; ');
}

/** What would have been right, in words. */
export function keyWords(question: Question): string {
  const { kind, key } = question;
  if (key === undefined) return '';
  if (kind === 'number') return `${answerWords(question, key.value)}${question.unit ? ` ${question.unit}` : ''}`;
  if (kind === 'text') return key[0] ?? '';
  return answerWords(question, key);
}
