import { ImportRefused } from '../types.ts';
import type { Archive } from './archive.ts';
import { resolve } from './paths.ts';
import { elementsOf, findAll, parseXml, textIn, type XmlElement } from './xml.ts';

const CONTAINER = 'META-INF/container.xml';

/** `text/x-oeb1-document` is what books before EPUB called it. */
const XHTML_TYPES = new Set(['application/xhtml+xml', 'text/html', 'text/x-oeb1-document', 'application/html+xml']);

/** Whether an item is text: by its type, or by its name where it has no type. */
const isText = ({ type, path }: ManifestItem): boolean =>
  XHTML_TYPES.has(type) || (/^(application\/xml|text\/xml|)$/.test(type) && /\.x?html?$/i.test(path));

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
  /** Paths of what the spine names besides: pictures and drawings that stand for a whole page. */
  skipped: string[];
  /** Path of the cover's page, by the guide (EPUB 2). */
  coverPage: string | undefined;
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
    ...readSpine(spine, items, fallbacks),
    coverPage: coverPage(root, path),
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
function readSpine(
  spine: XmlElement,
  items: Map<string, ManifestItem>,
  fallbacks: Map<string, string>
): Pick<BookPackage, 'spine' | 'skipped'> {
  const found = new Map<string, SpineItem>();
  const skipped: string[] = [];
  for (const { attributes } of elementsOf(spine, 'itemref')) {
    const named = items.get(attributes.get('idref') ?? '');
    let item = named;
    const seen = new Set<ManifestItem>();
    while (item && !seen.has(item) && !isText(item)) {
      seen.add(item);
      item = items.get(fallbacks.get(item.id) ?? '');
    }
    if (!item || !isText(item)) {
      if (named) skipped.push(named.path);
    } else if (!found.has(item.path)) {
      found.set(item.path, { item, linear: attributes.get('linear')?.trim().toLowerCase() !== 'no' });
    }
  }
  return { spine: [...found.values()], skipped };
}

/** The page that the guide calls the cover. */
function coverPage(root: XmlElement, base: string): string | undefined {
  const guide = elementsOf(root, 'guide')[0];
  const reference =
    guide && elementsOf(guide, 'reference').find(({ attributes }) => attributes.get('type') === 'cover');
  const target = reference && resolve(base, reference.attributes.get('href') ?? '');
  return target?.kind === 'inside' ? target.path : undefined;
}

/** Texts of a Dublin Core element of the metadata, in order, without empty ones. Old books write its name large. */
export const metadataTexts = (book: BookPackage, name: string): string[] =>
  findAll(book.metadata, name, name.charAt(0).toUpperCase() + name.slice(1))
    .map(textIn)
    .filter((text) => text !== '');
