import type { Code, RootContent } from 'mdast';
import type { Form } from '../../../src/lib/domain/documents/course.ts';
import { ImportRefused } from '../types.ts';

/** What a fenced block makes of its chapter, by its first word in either language. */
const FENCES: Partial<Record<string, Extract<Form, 'quiz' | 'evaluation' | 'assignment'>>> = {
  kuis: 'quiz',
  quiz: 'quiz',
  evaluasi: 'evaluation',
  evaluation: 'evaluation',
  tugas: 'assignment',
  assignment: 'assignment'
};

export interface FormBlock {
  form: Extract<Form, 'quiz' | 'evaluation' | 'assignment'>;
  /** What stands in the block. */
  text: string;
  /** What else stands in the chapter. */
  rest: RootContent[];
}

const formOf = (node: RootContent): FormBlock['form'] | undefined =>
  node.type === 'code' ? FENCES[node.lang?.toLowerCase() ?? ''] : undefined;

/** The block that makes a chapter a quiz, an evaluation or an assignment; undefined for a chapter to read. */
export function formBlockOf(nodes: RootContent[], chapter: string): FormBlock | undefined {
  const blocks = nodes.filter((node): node is Code => formOf(node) !== undefined);
  const [block] = blocks;
  const form = block && formOf(block);
  if (!form) return undefined;
  if (blocks.length > 1)
    throw new ImportRefused('unreadable', `The chapter ${chapter} has more than one quiz, evaluation or assignment.`);
  return { form, text: block.value, rest: nodes.filter((node) => node !== block) };
}
