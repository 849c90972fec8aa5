import type { Definition, FootnoteDefinition, Nodes, PhrasingContent, RootContent, Table } from 'mdast';
import type { ChapterNode, ElementName } from '../../../src/lib/domain/documents/chapter.ts';
import type { Removals } from '../removals.ts';
import { compact, element, type Attributes } from '../tree.ts';

/** What a chapter's nodes need to know of the whole text. */
export interface Context {
  chapter: string;
  removals: Removals;
  definitions: Map<string, Definition>;
  footnotes: Map<string, FootnoteDefinition>;
  /** Identifiers of the footnotes this chapter refers to, in order. */
  cited: string[];
  /** Anchors of headings, and where a link to `#anchor` leads. */
  anchors: Map<Nodes, string>;
  targets: Map<string, string>;
  /** The picture that a reference means; a text alone carries none. */
  picture?: (reference: string) => Attributes | undefined;
  /** Where a link to another text of the course leads. */
  elsewhere?: (reference: string) => string | undefined;
}

const SIMPLE: Partial<Record<Nodes['type'], ElementName>> = {
  paragraph: 'p',
  blockquote: 'blockquote',
  emphasis: 'em',
  strong: 'strong',
  delete: 's'
};

export const convertAll = (nodes: Nodes[], context: Context): ChapterNode[] =>
  compact(nodes.flatMap((node) => convert(node, context)));

/** Markdown syntax as chapter nodes. Raw HTML is data of unknown meaning here: it is left out and noted. */
function convert(node: Nodes, context: Context): ChapterNode[] {
  const simple = SIMPLE[node.type];
  if (simple && 'children' in node) return [element(simple, {}, convertAll(node.children, context))];
  switch (node.type) {
    case 'text':
      return [node.value];
    case 'inlineCode':
      return [element('code', {}, [node.value])];
    case 'code':
      return [element('pre', {}, [element('code', {}, [node.value])])];
    case 'break':
      return [element('br', {}, [])];
    case 'thematicBreak':
      return [element('hr', {}, [])];
    case 'heading': {
      const anchor = context.anchors.get(node);
      return [element(`h${node.depth}`, anchor ? { id: anchor } : {}, convertAll(node.children, context))];
    }
    case 'list': {
      const start: Attributes = node.ordered && node.start && node.start !== 1 ? { start: String(node.start) } : {};
      return [element(node.ordered ? 'ol' : 'ul', start, convertAll(node.children, context))];
    }
    case 'listItem': {
      const [only] = node.children;
      const tight = !node.spread && node.children.length === 1 && only?.type === 'paragraph';
      const inner = convertAll(tight ? only.children : node.children, context);
      const box = node.checked === true ? ['☑ '] : node.checked === false ? ['☐ '] : [];
      return [element('li', {}, compact([...box, ...inner]))];
    }
    case 'table':
      return [table(node, context)];
    case 'link':
      return link(node.url, node.children, context);
    case 'linkReference':
      return link(context.definitions.get(node.identifier)?.url, node.children, context);
    case 'image':
      return image(node.url, node.alt, context);
    case 'imageReference':
      return image(context.definitions.get(node.identifier)?.url ?? '', node.alt, context);
    case 'footnoteReference':
      return footnoteReference(node.identifier, context);
    case 'html':
      context.removals.add(`HTML ${node.value.slice(0, 60)}`, context.chapter);
      return [];
    default:
      return [];
  }
}

function table(node: Table, context: Context): ChapterNode {
  const row = (cells: Table['children'][number], name: 'th' | 'td') =>
    element(
      'tr',
      {},
      cells.children.map((cell) =>
        element(name, name === 'th' ? { scope: 'col' } : {}, convertAll(cell.children, context))
      )
    );
  const [head, ...body] = node.children;
  return element('table', {}, [
    ...(head ? [element('thead', {}, [row(head, 'th')])] : []),
    ...(body.length > 0
      ? [
          element(
            'tbody',
            {},
            body.map((cells) => row(cells, 'td'))
          )
        ]
      : [])
  ]);
}

function link(url: string | undefined, children: PhrasingContent[], context: Context): ChapterNode[] {
  const inner = convertAll(children, context);
  const href = url?.startsWith('#') ? context.targets.get(safeDecode(url.slice(1))) : (inCourse(url, context) ?? url);
  if (href && /^(#|https:\/\/)/i.test(href)) {
    return [element('a', { href: href.replace(/^https/i, 'https') }, inner)];
  }
  context.removals.add(`link to ${url?.slice(0, 100) ?? 'nowhere'}`, context.chapter);
  return inner;
}

const inCourse = (url: string | undefined, { elsewhere }: Context): string | undefined =>
  url === undefined || /^[a-z][a-z0-9+.-]*:/i.test(url) ? undefined : elsewhere?.(url);

function image(url: string, alt: string | null | undefined, context: Context): ChapterNode[] {
  const shown = context.picture?.(url);
  if (shown) return [element('img', { ...shown, alt: alt ?? '' }, [])];
  if (!context.picture) context.removals.add('picture (a Markdown course carries no files)', context.chapter);
  return alt ? [alt] : [];
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text).toLowerCase();
  } catch {
    return text;
  }
}

function footnoteReference(identifier: string, context: Context): ChapterNode[] {
  if (!context.footnotes.has(identifier)) return [];
  if (!context.cited.includes(identifier)) context.cited.push(identifier);
  const number = context.cited.indexOf(identifier) + 1;
  return [element('sup', {}, [element('a', { href: `#${context.chapter}/fn-${number}` }, [String(number)])])];
}

/** The footnotes that a chapter refers to, as a list at its end. */
export function footnotesOf(context: Context): ChapterNode[] {
  const items: ChapterNode[] = [];
  // A footnote may cite further ones while it is converted, so the list grows on the way.
  for (let index = 0; index < context.cited.length; index += 1) {
    const note: RootContent[] = context.footnotes.get(context.cited[index] ?? '')?.children ?? [];
    items.push(element('li', { id: `fn-${index + 1}` }, convertAll(note, context)));
  }
  return items.length > 0 ? [element('section', {}, [element('hr', {}, []), element('ol', {}, items)])] : [];
}
