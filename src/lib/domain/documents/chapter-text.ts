import type { ChapterNode } from './chapter.ts';

/** Elements that stand on lines of their own. */
export const BLOCK_ELEMENTS: ReadonlySet<string> = new Set([
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'p',
  'blockquote',
  'ul',
  'ol',
  'li',
  'dl',
  'dt',
  'dd',
  'pre',
  'hr',
  'div',
  'section',
  'aside',
  'figure',
  'figcaption',
  'table',
  'caption',
  'thead',
  'tbody',
  'tfoot',
  'tr',
  'th',
  'td'
]);

/** A text of the tree and where it begins in the chapter's text. */
export interface TextRun {
  text: string;
  start: number;
}

/** A chapter as one text, which marks and search count in: its runs in order, with a line break between blocks. */
export interface ChapterText {
  text: string;
  runs: TextRun[];
}

/** The text of a chapter's tree. The same tree always gives the same text: the offsets of marks refer to it. */
export function chapterText(nodes: readonly ChapterNode[]): ChapterText {
  const runs: TextRun[] = [];
  const parts: string[] = [];
  let length = 0;
  let isBroken = true;
  const add = (text: string): void => {
    parts.push(text);
    length += text.length;
  };
  const breakLine = (): void => {
    if (!isBroken) add('\n');
    isBroken = true;
  };
  const visit = (node: ChapterNode): void => {
    if (typeof node === 'string') {
      runs.push({ text: node, start: length });
      add(node);
      if (node !== '') isBroken = false;
      return;
    }
    const [name, , ...children] = node;
    const isBlock = BLOCK_ELEMENTS.has(name) || name === 'br';
    if (isBlock) breakLine();
    children.forEach(visit);
    if (isBlock) breakLine();
  };
  nodes.forEach(visit);
  return { text: parts.join(''), runs };
}
