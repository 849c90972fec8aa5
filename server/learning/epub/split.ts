import type { ChapterNode } from '../../../src/lib/domain/documents/chapter.ts';
import { isVisible } from '../tree.ts';

/** A part of a document; `anchor` is where it was cut, undefined for what stands before the first cut. */
export interface Piece {
  anchor: string | undefined;
  nodes: ChapterNode[];
}

/** Elements that only group: a cut inside divides them. All others stay whole, and the cut falls before them. */
const DIVISIBLE = new Set<string>(['section', 'div']);

const HEADINGS = new Set<string>(['h1', 'h2', 'h3', 'h4', 'h5', 'h6']);

/** Divides nodes before the elements with these anchors. A piece without anything but headings joins the next one. */
export function splitAt(nodes: ChapterNode[], anchors: ReadonlySet<string>): Piece[] {
  const pieces: Piece[] = [];
  let carried: ChapterNode[] = [];
  for (const piece of divide(nodes, anchors)) {
    const joined = [...carried, ...piece.nodes];
    carried = [];
    if (hasBody(piece.nodes)) pieces.push({ anchor: piece.anchor, nodes: joined });
    else carried = joined;
  }
  const last = pieces.at(-1);
  if (carried.length > 0) {
    if (last) last.nodes.push(...carried);
    else pieces.push({ anchor: undefined, nodes: carried });
  }
  return pieces;
}

function divide(nodes: ChapterNode[], anchors: ReadonlySet<string>): Piece[] {
  const first: Piece = { anchor: undefined, nodes: [] };
  const pieces = [first];
  let current = first;
  const begin = (anchor: string | undefined): void => {
    current = { anchor, nodes: [] };
    pieces.push(current);
  };
  for (const node of nodes) {
    const cut = firstCut(node, anchors);
    if (cut === undefined || typeof node === 'string') {
      current.nodes.push(node);
      continue;
    }
    const [name, attributes, ...children] = node;
    if (!DIVISIBLE.has(name)) {
      begin(cut);
      current.nodes.push(node);
      continue;
    }
    if (attributes.id === cut) begin(cut);
    divide(children, anchors).forEach((part, index) => {
      if (index > 0) begin(part.anchor);
      const own = index === 0 ? attributes : { ...attributes, id: undefined };
      if (part.nodes.length > 0 || own.id) current.nodes.push([name, withoutUndefined(own), ...part.nodes]);
    });
  }
  return pieces;
}

const withoutUndefined = (attributes: object): object =>
  Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));

function firstCut(node: ChapterNode, anchors: ReadonlySet<string>): string | undefined {
  if (typeof node === 'string') return undefined;
  const [, { id }, ...children] = node;
  if (id !== undefined && anchors.has(id)) return id;
  for (const child of children) {
    const found = firstCut(child, anchors);
    if (found !== undefined) return found;
  }
  return undefined;
}

const hasBody = (nodes: ChapterNode[]): boolean =>
  nodes.some((node) => {
    if (typeof node === 'string') return node.trim() !== '';
    const [name, , ...children] = node;
    if (HEADINGS.has(name)) return false;
    return DIVISIBLE.has(name) ? hasBody(children) : isVisible([node]);
  });
