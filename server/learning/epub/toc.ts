import type { Archive } from './archive.ts';
import type { BookPackage } from './package.ts';
import { resolve } from './paths.ts';
import { elementsOf, findAll, parseXml, textIn, type XmlElement } from './xml.ts';

/** One line of the table of contents; `depth` begins at 0. */
export interface TocEntry {
  title: string;
  path: string;
  fragment: string;
  depth: number;
}

/** The table of contents in its own order, from the navigation document or else the NCX; empty when there is none. */
export function readToc(archive: Archive, book: BookPackage): TocEntry[] {
  const fromNav = book.nav ? read(archive, book.nav, readNav) : [];
  return fromNav.length > 0 || !book.ncx ? fromNav : read(archive, book.ncx, readNcx);
}

function read(archive: Archive, path: string, reader: (root: XmlElement, path: string) => TocEntry[]): TocEntry[] {
  const bytes = archive.read(path);
  return bytes ? reader(parseXml(bytes, path), path) : [];
}

function readNav(root: XmlElement, base: string): TocEntry[] {
  const navs = findAll(root, 'nav');
  const toc =
    navs.find(({ attributes }) => (attributes.get('epub:type') ?? '').split(/\s+/).includes('toc')) ?? navs[0];
  const entries: TocEntry[] = [];
  const visit = (list: XmlElement, depth: number): void => {
    for (const item of elementsOf(list, 'li')) {
      const link = elementsOf(item, 'a')[0];
      if (link) push(entries, base, link.attributes.get('href'), textIn(link), depth);
      for (const inner of elementsOf(item, 'ol')) visit(inner, depth + 1);
    }
  };
  for (const list of toc ? elementsOf(toc, 'ol') : []) visit(list, 0);
  return entries;
}

function readNcx(root: XmlElement, base: string): TocEntry[] {
  const entries: TocEntry[] = [];
  const visit = (parent: XmlElement, depth: number): void => {
    for (const point of elementsOf(parent, 'navPoint')) {
      const label = elementsOf(point, 'navLabel')[0];
      const source = elementsOf(point, 'content')[0]?.attributes.get('src');
      push(entries, base, source, label ? textIn(label) : '', depth);
      visit(point, depth + 1);
    }
  };
  for (const map of elementsOf(root, 'navMap')) visit(map, 0);
  return entries;
}

function push(entries: TocEntry[], base: string, href: string | undefined, title: string, depth: number): void {
  if (!href || title === '') return;
  const target = resolve(base, href);
  if (target.kind === 'inside') entries.push({ title, path: target.path, fragment: target.fragment, depth });
}
