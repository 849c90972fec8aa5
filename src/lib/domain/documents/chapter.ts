/**
 * A chapter as data, not as markup: the importer turns XHTML into this tree, the reader builds elements from it, and
 * only what stands in these lists can ever come on the screen. No HTML string is parsed on the device.
 */

export const ELEMENTS = [
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
  'code',
  'hr',
  'br',
  'em',
  'strong',
  'i',
  'b',
  'u',
  's',
  'sub',
  'sup',
  'small',
  'q',
  'cite',
  'abbr',
  'dfn',
  'kbd',
  'samp',
  'var',
  'mark',
  'span',
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
  'td',
  'a',
  'img',
  'ruby',
  'rt',
  'rp',
  'bdi',
  'bdo'
] as const;

/** Formulas: the elements of MathML Core that draw something. */
export const MATH_ELEMENTS = [
  'math',
  'mrow',
  'mi',
  'mn',
  'mo',
  'mtext',
  'mspace',
  'ms',
  'mfrac',
  'msqrt',
  'mroot',
  'mstyle',
  'merror',
  'mpadded',
  'mphantom',
  'msub',
  'msup',
  'msubsup',
  'munder',
  'mover',
  'munderover',
  'mmultiscripts',
  'mprescripts',
  'mtable',
  'mtr',
  'mtd'
] as const;

export type MathName = (typeof MATH_ELEMENTS)[number];
export type ElementName = (typeof ELEMENTS)[number] | MathName;

/** Attributes of MathML Core that lay a formula out. */
export const MATH_ATTRIBUTES = [
  'display',
  'displaystyle',
  'scriptlevel',
  'mathvariant',
  'stretchy',
  'fence',
  'separator',
  'form',
  'largeop',
  'movablelimits',
  'symmetric',
  'lspace',
  'rspace',
  'minsize',
  'maxsize',
  'accent',
  'accentunder',
  'linethickness',
  'depth',
  'voffset',
  'columnspan'
] as const;

/** What notes are to their text (DPUB-ARIA 1.1): the sign in the text, the note, and the way back. */
export const NOTE_ROLES = ['doc-noteref', 'doc-footnote', 'doc-backlink'] as const;

/**
 * Attributes that survive, by name. `href` is `#chapterId` or `#chapterId/anchor`, or https; `src` is a SHA-256; `role`
 * is one of `NOTE_ROLES`.
 */
export const ATTRIBUTES = [
  'id',
  'lang',
  'dir',
  'href',
  'src',
  'alt',
  'title',
  'colspan',
  'rowspan',
  'scope',
  'start',
  'width',
  'height',
  'role',
  ...MATH_ATTRIBUTES
] as const;

export type AttributeName = (typeof ATTRIBUTES)[number];

/** A text, or an element with its attributes and children. */
export type ChapterNode = string | [ElementName, Partial<Record<AttributeName, string>>, ...ChapterNode[]];

/** `nodes` is the whole chapter, its heading included; `title` names it in tables of contents. */
export interface Chapter {
  version: 1;
  title: string;
  nodes: ChapterNode[];
}

const elements = new Set<string>([...ELEMENTS, ...MATH_ELEMENTS]);
const attributes = new Set<string>(ATTRIBUTES);
const roles = new Set<string>(NOTE_ROLES);
const mathAttributes = new Set<string>(MATH_ATTRIBUTES);

/** A number with a unit, or a word; an address or a style never looks like that. */
export const MATH_VALUE = /^[a-z0-9.%+-]{1,20}$/i;

/** Checks a parsed chapter file; throws with the place of the first fault. */
export function assertChapter(value: unknown): asserts value is Chapter {
  if (typeof value !== 'object' || value === null) throw new Error('chapter: not an object');
  const { version, title, nodes } = value as Record<string, unknown>;
  if (version !== 1) throw new Error('chapter: unknown version');
  if (typeof title !== 'string' || !Array.isArray(nodes)) throw new Error('chapter: title or nodes missing');
  nodes.forEach((node, index) => assertNode(node, `nodes[${index}]`, 0));
}

function assertNode(node: unknown, place: string, depth: number): void {
  if (typeof node === 'string') return;
  if (depth > 200) throw new Error(`chapter: ${place} is nested too deeply`);
  if (!Array.isArray(node)) throw new Error(`chapter: ${place} is no known element`);
  const [name, attrs, ...children] = node as unknown[];
  // A list like ['p'] would read as a known name once it is made a string.
  if (typeof name !== 'string' || !elements.has(name)) throw new Error(`chapter: ${place} is no known element`);
  if (typeof attrs !== 'object' || attrs === null || Array.isArray(attrs))
    throw new Error(`chapter: ${place} has no attributes`);
  for (const [attribute, value] of Object.entries(attrs)) {
    if (!attributes.has(attribute) || typeof value !== 'string')
      throw new Error(`chapter: ${place} has the attribute ${attribute}`);
    if (attribute === 'href' && !/^(#|https:\/\/)/.test(value))
      throw new Error(`chapter: ${place} links to a forbidden place`);
    if (attribute === 'src' && !/^[0-9a-f]{64}$/.test(value))
      throw new Error(`chapter: ${place} shows a forbidden picture`);
    if (attribute === 'role' && !roles.has(value)) throw new Error(`chapter: ${place} has a forbidden role`);
    if (mathAttributes.has(attribute) && !MATH_VALUE.test(value))
      throw new Error(`chapter: ${place} has the attribute ${attribute}`);
  }
  children.forEach((child, index) => assertNode(child, `${place}[${index}]`, depth + 1));
}
