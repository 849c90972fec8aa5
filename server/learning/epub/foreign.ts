import type { ChapterNode } from '../../../src/lib/domain/documents/chapter.ts';
import { plain } from './attributes.ts';
import type { Context } from './xhtml.ts';
import { elementsOf, findAll, textIn, type XmlElement } from './xml.ts';

/**
 * An inline SVG drawing. One that only frames a picture (the usual cover page) becomes that picture; any other can
 * hold scripts and outside content in too many ways, so its text alternative stands for it.
 */
export function svgNodes(
  svg: XmlElement,
  context: Context,
  picture: (node: XmlElement, href: string) => ChapterNode[]
): ChapterNode[] {
  const title = elementsOf(svg, 'title')[0];
  const label = plain(svg.attributes.get('aria-label') ?? (title ? textIn(title) : ''), 2_000);
  const images = findAll(svg, 'image');
  const drawn = findAll(svg, 'path', 'text', 'rect', 'circle', 'polygon', 'foreignObject', 'script', 'use');
  const [only] = images;
  if (only && images.length === 1 && drawn.length === 0) {
    const attributes = new Map([['alt', label]]);
    return picture({ name: 'img', attributes, children: [] }, only.attributes.get('href') ?? '');
  }
  context.removals.add('SVG drawing', context.path);
  const words = label || findAll(svg, 'desc', 'text').map(textIn).join(' ');
  return words ? [plain(words, 2_000)] : [];
}
