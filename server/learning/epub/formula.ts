import {
  MATH_ATTRIBUTES,
  MATH_ELEMENTS,
  MATH_VALUE,
  type ChapterNode,
  type MathName
} from '../../../src/lib/domain/documents/chapter.ts';
import { element, textOf, type Attributes } from '../tree.ts';
import { plain } from './attributes.ts';
import { elementsOf, findAll, textIn, type XmlElement, type XmlNode } from './xml.ts';

const KNOWN = new Set<string>(MATH_ELEMENTS);
const isKnown = (name: string): name is MathName => KNOWN.has(name);
const isLayout = (name: string): name is (typeof MATH_ATTRIBUTES)[number] =>
  (MATH_ATTRIBUTES as readonly string[]).includes(name);
const SIZED = new Set(['mspace', 'mpadded']);

/** Where a formula is nested deeper, its symbols follow one another. */
const DEEPEST = 40;

/**
 * A formula in the elements of MathML Core. Of several notations the one for the eye is taken; older elements become
 * what they mean. Undefined when it has nothing to draw: content markup, or a picture of it.
 */
export function formula(math: XmlElement): ChapterNode | undefined {
  const children = inside(math.children, 0);
  if (textOf(children).trim() === '') return undefined;
  return element('math', layout(math), children);
}

/** A formula as text: the author's alternative, else its TeX annotation, else its symbols in order. */
export function formulaText(math: XmlElement): string {
  const alternative = plain(math.attributes.get('alttext'), 2_000);
  if (alternative) return alternative;
  const tex = findAll(math, 'annotation').find(({ attributes }) => /tex/i.test(attributes.get('encoding') ?? ''));
  if (tex) return textIn(tex);
  return findAll(math, 'mi', 'mn', 'mo', 'mtext').map(textIn).join(' ');
}

const inside = (nodes: XmlNode[], depth: number): ChapterNode[] => nodes.flatMap((node) => convert(node, depth));

function convert(node: XmlNode, depth: number): ChapterNode[] {
  if (typeof node === 'string') return [];
  const { name, children } = node;
  if (TOKENS.has(name) && isKnown(name)) return [element(name, layout(node), [textIn(node)])];
  if (name === 'semantics' || name === 'maction') return inside(elementsOf(node).slice(0, 1), depth);
  if (name === 'none') return [element('mrow', {}, [])];
  if (name === 'mfenced') return [element('mrow', {}, fenced(node, depth))];
  if (name === 'menclose') return [element('mrow', {}, inside(children, depth + 1))];
  if (name === 'math' || !isKnown(name) || depth >= DEEPEST) {
    return /^(annotation|annotation-xml)$/.test(name) ? [] : inside(children, depth);
  }
  return [element(name, layout(node), inside(children, depth + 1))];
}

const TOKENS = new Set(['mi', 'mn', 'mo', 'mtext', 'ms']);

/** `mfenced` of MathML 3: brackets around, and something between its children. */
function fenced(node: XmlElement, depth: number): ChapterNode[] {
  const bracket = (name: string, usual: string): ChapterNode[] => {
    const sign = plain(node.attributes.get(name) ?? usual, 4);
    return sign ? [element('mo', { stretchy: 'true' }, [sign])] : [];
  };
  const signs = [...(node.attributes.get('separators') ?? ',').replace(/\s+/g, '')];
  const parts = elementsOf(node).map((child) => convert(child, depth + 1));
  const between = parts.flatMap((part, index) => {
    const sign = index > 0 ? (signs[index - 1] ?? signs.at(-1)) : undefined;
    return sign ? [element('mo', {}, [sign]), ...part] : part;
  });
  return [...bracket('open', '('), ...between, ...bracket('close', ')')];
}

function layout({ name, attributes }: XmlElement): Attributes {
  const kept: Attributes = {};
  for (const [key, value] of attributes) {
    const clean = value.trim();
    if (!MATH_VALUE.test(clean)) continue;
    if (isLayout(key)) kept[key] = clean;
    else if (key === 'dir' && /^(ltr|rtl)$/.test(clean)) kept.dir = clean;
    else if ((key === 'width' || key === 'height') && SIZED.has(name)) kept[key] = clean;
    else if (key === 'rowspan' && name === 'mtd') kept.rowspan = clean;
  }
  return kept;
}
