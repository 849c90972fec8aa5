import type { ChapterNode } from '../../../src/lib/domain/documents/chapter.ts';
import { textOf, walk, type Attributes } from '../tree.ts';
import type { Chapter } from './chapters.ts';

/** What stands in the text for a note: a number, a letter or a sign, with brackets or without. */
const SIGN = /^[\s[({]*(?:\p{Nd}{1,4}|[a-z]|[*†‡§¶]{1,4})[\s\])}.]*$/iu;

/**
 * Names the signs of notes where a book does not (EPUB 2 has no word for them): a short sign that leads forward to a
 * place from which a link leads back to it.
 */
export function findNotes(chapters: Chapter[]): void {
  const places = new Map<string, { at: number; node: ChapterNode }>();
  const signs: { at: number; own: string[]; attributes: Attributes }[] = [];
  let at = 0;
  for (const { id, nodes } of chapters) {
    const visit = (node: ChapterNode, around: string[]): void => {
      if (typeof node === 'string') return;
      at += 1;
      const [name, attributes, ...children] = node;
      const anchor = attributes.id === undefined ? undefined : `#${id}/${attributes.id}`;
      if (anchor !== undefined) places.set(anchor, { at, node });
      const own = anchor === undefined ? around : [...around, anchor].slice(-3);
      if (name === 'a' && attributes.href?.startsWith('#') && SIGN.test(textOf(children)))
        signs.push({ at, own, attributes });
      children.forEach((child) => visit(child, own));
    };
    nodes.forEach((node) => visit(node, []));
  }
  for (const { at: place, own, attributes } of signs) {
    const target = places.get(attributes.href ?? '');
    if (!target || target.at < place || attributes.role) continue;
    const links = linksIn(target.node);
    if (own.some((anchor) => links.has(anchor))) attributes.role = 'doc-noteref';
  }
}

/** Where the links in an element, or the link that it is, lead. */
function linksIn(node: ChapterNode): Set<string> {
  const links = new Set<string>();
  walk([node], (_, { href }) => {
    if (href?.startsWith('#')) links.add(href);
  });
  return links;
}
