import { ImportRefused } from '../types.ts';
import type { Archive } from './archive.ts';
import { resolve } from './paths.ts';
import { elementsOf, findAll, parseXml, textIn, type XmlElement } from './xml.ts';

const CONTAINER = 'META-INF/container.xml';
const XHTML_TYPES = new Set(['application/xhtml+xml', 'text/html']);

export interface ManifestItem {
  id: string;
  path: string;
  type: string;
  properties: string[];
}

export interface SpineItem {
  item: ManifestItem;
  linear: boolean;
}

/** The package document (OPF): what the book is made of and in which order it is read. */
export interface BookPackage {
  path: string;
  root: XmlElement;
  metadata: XmlElement;
  items: Map<string, ManifestItem>;
  spine: SpineItem[];
  /** `page-progression-direction` of the spine, else `dir` of the package. */
  direction: string | undefined;
  /** Path of the navigation document (EPUB 3) and of the NCX (EPUB 2). */
  nav: string | undefined;
  ncx: string | undefined;
}

/** Finds and reads the package document. @throws ImportRefused */
export function readPackage(archive: Archive): BookPackage {
  const path = packagePath(archive);
  const bytes = archive.read(path);
  if (!bytes) throw new ImportRefused('unreadable', `The book's package document ${path} is missing.`);
  const root = parseXml(bytes, path);
  const metadata = elementsOf(root, 'metadata')[0] ?? { name: 'metadata', attributes: new Map(), children: [] };
  const spine = elementsOf(root, 'spine')[0];
  const manifest = elementsOf(root, 'manifest')[0];
  if (!spine || !manifest) throw new ImportRefused('unreadable', `${path} has no manifest or no spine.`);
  const fallbacks = new Map<string, string>();
  const items = new Map<string, ManifestItem>();
  for (const { attributes } of elementsOf(manifest, 'item')) {
    const target = resolve(path, attributes.get('href') ?? '');
    const id = attributes.get('id') ?? '';
    if (target.kind === 'outside' || items.has(id)) continue;
    const properties = (attributes.get('properties') ?? '').split(/\s+/);
    items.set(id, { id, path: target.path, type: (attributes.get('media-type') ?? '').toLowerCase(), properties });
    fallbacks.set(id, attributes.get('fallback') ?? '');
  }
  const ncxItem = [...items.values()].find(({ type }) => type === 'application/x-dtbncx+xml');
  return {
    path,
    root,
    metadata,
    items,
    spine: readSpine(spine, items, fallbacks),
    direction: spine.attributes.get('page-progression-direction') ?? root.attributes.get('dir'),
    nav: [...items.values()].find(({ properties }) => properties.includes('nav'))?.path,
    ncx: (items.get(spine.attributes.get('toc') ?? '') ?? ncxItem)?.path
  };
}

function packagePath(archive: Archive): string {
  const bytes = archive.read(CONTAINER);
  if (!bytes) throw new ImportRefused('unreadable', `The archive is no EPUB: it has no ${CONTAINER}.`);
  for (const { attributes } of findAll(parseXml(bytes, CONTAINER), 'rootfile')) {
    const path = attributes.get('full-path');
    const type = attributes.get('media-type');
    if (path && (!type || type === 'application/oebps-package+xml')) return path;
  }
  throw new ImportRefused('unreadable', `${CONTAINER} names no package document.`);
}

/** Spine items that are XHTML, or whose chain of fallbacks reaches XHTML; each document once. */
function readSpine(spine: XmlElement, items: Map<string, ManifestItem>, fallbacks: Map<string, string>): SpineItem[] {
  const found = new Map<string, SpineItem>();
  for (const { attributes } of elementsOf(spine, 'itemref')) {
    let id = attributes.get('idref') ?? '';
    const seen = new Set<string>();
    while (!seen.has(id) && items.has(id) && !XHTML_TYPES.has(items.get(id)?.type ?? '')) {
      seen.add(id);
      id = fallbacks.get(id) ?? '';
    }
    const item = items.get(id);
    if (!item || !XHTML_TYPES.has(item.type) || found.has(item.path)) continue;
    found.set(item.path, { item, linear: attributes.get('linear') !== 'no' });
  }
  return [...found.values()];
}

/** Texts of a Dublin Core element of the metadata, in order, without empty ones. */
export const metadataTexts = (book: BookPackage, name: string): string[] =>
  findAll(book.metadata, name)
    .map(textIn)
    .filter((text) => text !== '');
