import type { ChapterNode } from '../../../src/lib/domain/documents/chapter.ts';
import { BLOCK_ELEMENTS } from '../../../src/lib/domain/documents/chapter-text.ts';

/** Whether a node stands on lines of its own. */
export const isBlock = (node: ChapterNode | undefined): boolean => Array.isArray(node) && BLOCK_ELEMENTS.has(node[0]);

/**
 * Drops the white space that only laid out the source: beside elements with lines of their own, and, in such an
 * element, at its edges. Spaces between words stay.
 */
export function tidy(nodes: ChapterNode[], inBlock: boolean): ChapterNode[] {
  const result: ChapterNode[] = [];
  nodes.forEach((node, index) => {
    if (typeof node !== 'string') {
      result.push(node);
      return;
    }
    const first = index === 0 ? inBlock : isBlock(nodes[index - 1]);
    const last = index === nodes.length - 1 ? inBlock : isBlock(nodes[index + 1]);
    const start = first ? node.replace(/^[ \t\r\n\f]+/, '') : node;
    const text = last ? start.replace(/[ \t\r\n\f]+$/, '') : start;
    if (text !== '') result.push(text);
  });
  return result;
}
