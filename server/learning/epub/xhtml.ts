import type { ChapterNode, ElementName } from '../../../src/lib/domain/documents/chapter.ts';
import type { Removals } from '../removals.ts';
import { compact, element, isVisible, type Attributes } from '../tree.ts';
import { anchorOf, attributesFor, pictureSize, plain } from './attributes.ts';
import { svgNodes } from './foreign.ts';
import { formula, formulaText } from './formula.ts';
import type { PictureLibrary } from './library.ts';
import { resolve, webAddress } from './paths.ts';
import { KEPT_EMPTY, RENAMED, REMOVED, SILENT, UNWRAPPED_WITH_NOTE } from './vocabulary.ts';
import { isBlock, tidy } from './white-space.ts';
import { elementsOf, type XmlElement, type XmlNode } from './xml.ts';

export interface Context {
  /** Path of the document in the archive. */
  path: string;
  removals: Removals;
  pictures: PictureLibrary;
  /** A provisional link to a place in the book, or undefined when no chapter will hold it. */
  link(path: string, fragment: string): string | undefined;
}

/** Deepest chapter tree; deeper elements are opened up, their text stays (chapter.ts allows 200). */
const DEEPEST = 150;

/**
 * The body of an XHTML document as chapter nodes. Only what the allow-list of chapter.ts names comes out; elements
 * that it does not name give up their children, and active content is left out and noted.
 */
export function convertBody(body: XmlElement, context: Context): ChapterNode[] {
  return tidy(convertAll(body.children, { ...context, depth: 0, pre: false }), true);
}

interface Place extends Context {
  depth: number;
  pre: boolean;
}

const convertAll = (nodes: XmlNode[], place: Place): ChapterNode[] =>
  compact(nodes.flatMap((node) => convert(node, place)));

function convert(node: XmlNode, place: Place): ChapterNode[] {
  if (typeof node === 'string') return [place.pre ? node : node.replace(/[ \t\r\n\f]+/g, ' ')];
  for (const name of node.attributes.keys()) {
    if (/^on[a-z]/i.test(name)) place.removals.add(`event handler ${name}`, place.path);
  }
  const { name } = node;
  if (SILENT.has(name) || isHidden(node)) return [];
  if (REMOVED.has(name)) {
    place.removals.add(name, place.path);
    return [];
  }
  if (UNWRAPPED_WITH_NOTE.has(name)) place.removals.add(name, place.path);
  if (isPageBreak(node)) return anchorOnly(node);
  if (name === 'img' || name === 'image') return image(node, place, node.attributes.get('src') ?? '');
  if (name === 'svg') return svgNodes(node, place, (found, href) => image(found, place, href));
  if (name === 'math') return math(node, place);
  if (name === 'switch') return convertAll(switchChoice(node), place);
  if (name === 'a') return link(node, place);
  const target = RENAMED.get(name);
  if (!target || place.depth >= DEEPEST) return [...anchorOnly(node), ...convertAll(node.children, place)];
  return wrap(target, node, place);
}

function wrap(name: ElementName, node: XmlElement, place: Place): ChapterNode[] {
  const attributes = attributesFor(name, node);
  if (name === 'br' || name === 'hr') return [element(name, attributes, [])];
  const pre = place.pre || name === 'pre';
  const inside = convertAll(node.children, { ...place, depth: place.depth + 1, pre });
  const children = pre ? inside : tidy(inside, isBlockContext(name));
  const bare = Object.keys(attributes).length === 0;
  if (name === 'span' && bare) return children;
  if (children.length === 0 && !attributes.id && !KEPT_EMPTY.has(name)) return [];
  if (name === 'div' && bare && children.length === 1 && isBlock(children[0])) return children;
  return [element(name, attributes, children)];
}

/** Inside these, white space at the edges is layout of the source and not a space between words. */
const INLINE = new Set<ElementName>(
  'a abbr b bdi bdo cite code dfn em i kbd mark q rp rt ruby s samp small span strong sub sup u var'.split(
    ' '
  ) as ElementName[]
);
const isBlockContext = (name: ElementName): boolean => !INLINE.has(name);

/** `hidden` content stays hidden, except notes: reading systems hide those in the page and show them on demand. */
function isHidden({ attributes }: XmlElement): boolean {
  if (!attributes.has('hidden')) return false;
  return !/note/.test(`${attributes.get('epub:type') ?? ''} ${attributes.get('role') ?? ''}`);
}

/** The number of a printed page: a place to link to, no text of the book. */
const isPageBreak = ({ attributes }: XmlElement): boolean =>
  (attributes.get('epub:type') ?? '').split(/\s+/).includes('pagebreak') || attributes.get('role') === 'doc-pagebreak';

function anchorOnly(node: XmlElement): ChapterNode[] {
  const id = anchorOf(node.attributes.get('id'));
  return id ? [element('span', { id }, [])] : [];
}

/** `epub:switch` offers content in other vocabularies: MathML is one that is drawn here, its default is XHTML. */
function switchChoice(node: XmlElement): XmlNode[] {
  const choices = elementsOf(node);
  const formulas = choices.find(({ name, children }) => name === 'case' && children.some(isFormula));
  return (formulas ?? choices.find(({ name }) => name === 'default'))?.children ?? [];
}

const isFormula = (node: XmlNode): boolean => typeof node !== 'string' && node.name === 'math';

function math(node: XmlElement, place: Place): ChapterNode[] {
  const drawn = formula(node);
  if (drawn) return [...anchorOnly(node), drawn];
  place.removals.add('formula that cannot be drawn, kept as text', place.path);
  return [...anchorOnly(node), formulaText(node)];
}

function image(node: XmlElement, place: Place, reference: string): ChapterNode[] {
  const alt = plain(node.attributes.get('alt') ?? node.attributes.get('aria-label'), 2_000);
  const picture = place.pictures.find(place.path, reference);
  if (!picture) return [...anchorOnly(node), ...(alt ? [alt] : [])];
  const id = anchorOf(node.attributes.get('id'));
  const attributes: Attributes = { ...(id && { id }), src: picture.file.sha256, alt, ...pictureSize(node, picture) };
  return [element('img', attributes, [])];
}

function link(node: XmlElement, place: Place): ChapterNode[] {
  const attributes = attributesFor('a', node);
  if (!attributes.id) {
    const name = anchorOf(node.attributes.get('name'));
    if (name) attributes.id = name;
  }
  const href = node.attributes.get('href');
  const address = href === undefined ? undefined : addressOf(href, place);
  const children = convertAll(node.children, { ...place, depth: place.depth + 1 });
  if (address !== undefined && isVisible(children)) attributes.href = address;
  const bare = Object.keys(attributes).length === 0;
  return bare || place.depth >= DEEPEST ? children : [element('a', attributes, children)];
}

function addressOf(href: string, place: Place): string | undefined {
  const target = resolve(place.path, href);
  const address = target.kind === 'outside' ? webAddress(target.url) : place.link(target.path, target.fragment);
  if (address === undefined) place.removals.add(`link to ${href.slice(0, 120)}`, place.path);
  return address;
}
