import { MATH_ELEMENTS, type Chapter, type ChapterNode, type ElementName } from '$lib/domain/documents/chapter';

/** What the reader does for pictures, links and notes of a chapter, and what it wants to know of its elements. */
export interface ChapterWorld {
  /** Address of a picture on this device; undefined when it is not here. */
  picture(sha256: string): Promise<string | undefined>;
  /** Follows a link to a chapter and, in it, to a place. */
  go(chapter: string, anchor?: string): void;
  /** Opens the note that a sign in the text stands for; without it, a sign is followed like a link. */
  note?(chapter: string, anchor: string): void;
  /** Opens a picture large; `address` is the one it is shown by. Without it, pictures are no buttons. */
  enlarge?(address: string, alt: string): void;
  /** Told of every text node, in the order of the tree. */
  ontext?(text: Text): void;
  /** Leaves out the names of places: the same part of the chapter stands on the page already. */
  unnamed?: boolean;
  /** The words of the button around a picture. */
  enlargeWords?(alt: string): string;
}

/** Headings move one level down: the page has its own first heading. */
const LOWERED: Partial<Record<ElementName, string>> = { h1: 'h2', h2: 'h3', h3: 'h4', h4: 'h5', h5: 'h6' };

const MATH = 'http://www.w3.org/1998/Math/MathML';
const mathNames = new Set<string>(MATH_ELEMENTS);

/** A note may say that it is one where that does not hide what else the element is: an entry of a list, a cell. */
const MAY_BE_NOTE = new Set<string>(['a', 'aside', 'div', 'p', 'section']);

/** Ids of a book live in a name space of their own, so that they cannot stand in for ids of the page. */
export const anchorId = (name: string): string => `book-${name}`;

/** Builds the elements of a chapter. Text becomes text nodes; no markup is parsed. */
export const chapterDom = (chapter: Pick<Chapter, 'nodes'>, world: ChapterWorld): DocumentFragment => {
  const fragment = document.createDocumentFragment();
  fragment.append(...chapter.nodes.map((node) => build(node, world)));
  return fragment;
};

function build(node: ChapterNode, world: ChapterWorld): Node {
  if (typeof node === 'string') {
    const text = document.createTextNode(node);
    world.ontext?.(text);
    return text;
  }
  const [name, attributes, ...children] = node;
  const element = mathNames.has(name)
    ? document.createElementNS(MATH, name)
    : document.createElement(LOWERED[name] ?? name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === 'id') {
      if (!world.unnamed) element.id = anchorId(value);
    } else if (key === 'href' || key === 'src' || (key === 'role' && !MAY_BE_NOTE.has(name))) continue;
    else element.setAttribute(key, value);
  }
  if (element instanceof HTMLAnchorElement && attributes.href) link(element, attributes.href, world);
  element.append(...children.map((child) => build(child, world)));
  if (element instanceof HTMLImageElement && attributes.src) return picture(element, attributes.src, world);
  return element instanceof HTMLTableElement ? scrollable(element) : element;
}

function link(anchor: HTMLAnchorElement, href: string, world: ChapterWorld): void {
  anchor.href = href;
  if (!href.startsWith('#')) {
    anchor.target = '_blank';
    anchor.rel = 'noopener noreferrer';
    return;
  }
  const [, chapter = '', , place] = /^#([^/]*)(\/(.*))?$/.exec(href) ?? [];
  const isSign = anchor.getAttribute('role') === 'doc-noteref';
  anchor.addEventListener('click', (event) => {
    event.preventDefault();
    if (isSign && place && world.note) world.note(chapter, place);
    else world.go(chapter, place);
  });
}

function picture(image: HTMLImageElement, sha256: string, world: ChapterWorld): Node {
  image.alt ||= '';
  image.decoding = 'async';
  const { enlarge, enlargeWords } = world;
  const shown = enlarge ? document.createElement('button') : image;
  if (shown instanceof HTMLButtonElement) {
    shown.type = 'button';
    shown.className = 'picture';
    shown.setAttribute('aria-label', enlargeWords?.(image.alt) ?? image.alt);
    shown.append(image);
    shown.addEventListener('click', () => enlarge?.(image.src, image.alt));
  }
  void world.picture(sha256).then((address) => {
    if (address) image.src = address;
    else shown.replaceWith(document.createTextNode(image.alt ? `[${image.alt}]` : ''));
  });
  return shown;
}

/** A wide table scrolls in a frame of its own, which the keyboard can reach. */
function scrollable(table: HTMLElement): HTMLElement {
  const frame = document.createElement('div');
  frame.className = 'table';
  frame.tabIndex = 0;
  frame.append(table);
  return frame;
}
