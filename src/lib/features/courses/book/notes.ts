import type { ChapterNode } from '$lib/domain/documents/chapter';
import { BLOCK_ELEMENTS } from '$lib/domain/documents/chapter-text';

/**
 * The note at a named place of a chapter: the element of that name, or, where only its number has the name, the block
 * around it. Undefined when nothing has that name.
 */
export function noteAt(nodes: readonly ChapterNode[], anchor: string): Exclude<ChapterNode, string> | undefined {
  for (const node of nodes) {
    if (typeof node === 'string') continue;
    const [, attributes, ...children] = node;
    if (attributes.id === anchor) return node;
    const found = noteAt(children, anchor);
    if (!found) continue;
    return BLOCK_ELEMENTS.has(found[0]) ? found : node;
  }
  return undefined;
}
