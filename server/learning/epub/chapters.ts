import type { ChapterNode } from '../../../src/lib/domain/documents/chapter.ts';
import type { ChapterDraft } from '../assemble.ts';
import { Names, oneLine } from '../text.ts';
import { element, isVisible, textOf, walk, type Attributes } from '../tree.ts';
import { splitAt, type Piece } from './split.ts';
import type { TocEntry } from './toc.ts';

/** One document of the spine as nodes. */
export interface Page {
  id: string;
  path: string;
  title: string;
  nodes: ChapterNode[];
  /** Language and direction where they differ from the book's. */
  wrapper: Attributes;
}

/** A chapter that knows which document it came from, for links. */
export interface Chapter extends ChapterDraft {
  path: string;
}

/**
 * Above this many characters of JSON a document is divided at its entries in the table of contents: about half an
 * hour of reading, and few enough elements for a slow phone.
 */
export const HUGE = 64_000;

/** Deeper levels of a table of contents are paragraphs, not chapters. */
const DEEPEST_LEVEL = 5;

const weight = (nodes: ChapterNode[]): number => JSON.stringify(nodes).length;

/** The chapters of the pages, in order, titled by the table of contents. */
export function makeChapters(pages: Page[], toc: TocEntry[]): Chapter[] {
  const names = new Names();
  const chapters: Chapter[] = [];
  for (const page of pages) {
    if (!isVisible(page.nodes)) continue;
    const entries = toc.filter(({ path }) => path === page.path);
    for (const { anchor, nodes } of divide(page, entries)) {
      const ordinal = `bab-${chapters.length + 1}`;
      chapters.push({
        id: names.give(anchor === undefined ? page.id : `${page.id}.${anchor}`, ordinal),
        title: titleOf(page, entries, anchor, nodes) || ordinal,
        level: Math.min(entryOf(entries, anchor)?.depth ?? 0, DEEPEST_LEVEL),
        nodes: Object.keys(page.wrapper).length > 0 ? [element('section', page.wrapper, nodes)] : nodes,
        path: page.path
      });
    }
  }
  return chapters;
}

/** Takes the entries of as few levels of the table of contents as bring every piece below the size. */
function divide(page: Page, entries: TocEntry[]): Piece[] {
  let best: Piece[] = [{ anchor: undefined, nodes: page.nodes }];
  let biggest = weight(page.nodes);
  const deepest = entries.reduce((most, { depth }) => Math.max(most, depth), 0);
  for (let level = 0; level <= Math.min(deepest, DEEPEST_LEVEL) && biggest > HUGE; level += 1) {
    const cuts = entries.filter(({ depth, fragment }) => depth <= level && fragment !== '');
    const pieces = splitAt(page.nodes, new Set(cuts.map(({ fragment }) => fragment)));
    const size = Math.max(...pieces.map(({ nodes }) => weight(nodes)));
    if (size < biggest) [best, biggest] = [pieces, size];
  }
  return best;
}

const entryOf = (entries: TocEntry[], anchor: string | undefined): TocEntry | undefined =>
  anchor === undefined
    ? (entries.find(({ fragment }) => fragment === '') ?? entries[0])
    : entries.find(({ fragment }) => fragment === anchor);

function titleOf(page: Page, entries: TocEntry[], anchor: string | undefined, nodes: ChapterNode[]): string {
  return (
    oneLine(entryOf(entries, anchor)?.title ?? '', 300) || oneLine(firstHeading(nodes), 300) || oneLine(page.title, 300)
  );
}

function firstHeading(nodes: ChapterNode[]): string {
  for (const node of nodes) {
    if (typeof node === 'string') continue;
    const [name, , ...children] = node;
    const found = /^h[1-6]$/.test(name) ? textOf(children).trim() : firstHeading(children);
    if (found !== '') return found;
  }
  return '';
}

/** Every anchor of a chapter. */
export function anchorsIn(nodes: ChapterNode[]): Set<string> {
  const anchors = new Set<string>();
  walk(nodes, (_, { id }) => {
    if (id !== undefined) anchors.add(id);
  });
  return anchors;
}
