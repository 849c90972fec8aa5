import type { Chapter, ChapterNode, ElementName } from '$lib/domain/documents/chapter';

/** What the reader does for pictures and links of a chapter. */
export interface ChapterWorld {
  /** Address of a picture on this device; undefined when it is not here. */
  picture(sha256: string): Promise<string | undefined>;
  /** Follows a link to a chapter and, in it, to a place. */
  go(chapter: string, anchor?: string): void;
}

/** Headings move one level down: the page has its own first heading. */
const LOWERED: Partial<Record<ElementName, string>> = { h1: 'h2', h2: 'h3', h3: 'h4', h4: 'h5', h5: 'h6' };

/** Ids of a book live in a name space of their own, so that they cannot stand in for ids of the page. */
export const anchorId = (name: string): string => `book-${name}`;

/** Builds the elements of a chapter. Text becomes text nodes; no markup is parsed. */
export function chapterDom(chapter: Chapter, world: ChapterWorld): DocumentFragment {
  const fragment = document.createDocumentFragment();
  fragment.append(...chapter.nodes.map((node) => build(node, world)));
  return fragment;
}

function build(node: ChapterNode, world: ChapterWorld): Node {
  if (typeof node === 'string') return document.createTextNode(node);
  const [name, attributes, ...children] = node;
  const element = document.createElement(LOWERED[name] ?? name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === 'id') element.id = anchorId(value);
    else if (key !== 'href' && key !== 'src') element.setAttribute(key, value);
  }
  if (element instanceof HTMLAnchorElement && attributes.href) link(element, attributes.href, world);
  if (element instanceof HTMLImageElement && attributes.src) picture(element, attributes.src, world);
  element.append(...children.map((child) => build(child, world)));
  return name === 'table' ? scrollable(element) : element;
}

function link(anchor: HTMLAnchorElement, href: string, world: ChapterWorld): void {
  anchor.href = href;
  if (!href.startsWith('#')) {
    anchor.target = '_blank';
    anchor.rel = 'noopener noreferrer';
    return;
  }
  const [, chapter = '', , place] = /^#([^/]*)(\/(.*))?$/.exec(href) ?? [];
  anchor.addEventListener('click', (event) => {
    event.preventDefault();
    world.go(chapter, place);
  });
}

function picture(image: HTMLImageElement, sha256: string, world: ChapterWorld): void {
  image.alt ||= '';
  image.decoding = 'async';
  void world.picture(sha256).then((address) => {
    if (address) image.src = address;
    else image.replaceWith(document.createTextNode(image.alt ? `[${image.alt}]` : ''));
  });
}

/** A wide table scrolls in a frame of its own, which the keyboard can reach. */
function scrollable(table: HTMLElement): HTMLElement {
  const frame = document.createElement('div');
  frame.className = 'table';
  frame.tabIndex = 0;
  frame.append(table);
  return frame;
}
