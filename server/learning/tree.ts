import type { AttributeName, ChapterNode, ElementName } from '../../src/lib/domain/documents/chapter.ts';

export type Attributes = Partial<Record<AttributeName, string>>;

export const element = (name: ElementName, attributes: Attributes, children: ChapterNode[]): ChapterNode => [
  name,
  attributes,
  ...children
];

/** The readable text of nodes; pictures speak by their alternative text. */
export function textOf(nodes: ChapterNode[]): string {
  return nodes
    .map((node) => {
      if (typeof node === 'string') return node;
      const [name, attributes, ...children] = node;
      if (name === 'br' || name === 'hr') return ' ';
      return name === 'img' ? (attributes.alt ?? '') : textOf(children);
    })
    .join('');
}

/** Whether a reader would see anything: a letter, a picture or a rule. */
export const isVisible = (nodes: ChapterNode[]): boolean =>
  nodes.some((node) => {
    if (typeof node === 'string') return node.trim() !== '';
    return node[0] === 'img' || isVisible(node.slice(2) as ChapterNode[]);
  });

/** Visits every element, parents first. */
export function walk(nodes: ChapterNode[], visit: (name: ElementName, attributes: Attributes) => void): void {
  for (const node of nodes) {
    if (typeof node === 'string') continue;
    visit(node[0], node[1]);
    walk(node.slice(2) as ChapterNode[], visit);
  }
}

/** Neighbouring texts joined, empty ones dropped: fewer bytes and fewer nodes on the device. */
export function compact(nodes: ChapterNode[]): ChapterNode[] {
  const result: ChapterNode[] = [];
  for (const node of nodes) {
    const last = result.at(-1);
    if (typeof node !== 'string') result.push(node);
    else if (typeof last === 'string') result[result.length - 1] = last + node;
    else if (node !== '') result.push(node);
  }
  return result;
}
