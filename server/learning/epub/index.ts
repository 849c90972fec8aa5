import { open } from 'node:fs/promises';
import { assemble } from '../assemble.ts';
import { Removals } from '../removals.ts';
import { sha256Of } from '../text.ts';
import type { Attributes } from '../tree.ts';
import { ImportRefused, type ImportedCourse } from '../types.ts';
import { openArchive, type Archive } from './archive.ts';
import { forgiving } from './forgiving.ts';
import { attributesFor } from './attributes.ts';
import { makeChapters, type Page } from './chapters.ts';
import { findCover, onlyPicture } from './cover.ts';
import { refuseEncrypted } from './encryption.ts';
import { findNotes } from './notes.ts';
import { PictureLibrary } from './library.ts';
import { LIMITS } from './limits.ts';
import { BookLinks } from './links.ts';
import { readFacts } from './metadata.ts';
import { readPackage, type ManifestItem, type SpineItem } from './package.ts';
import { smallCover } from './small-cover.ts';
import { readToc } from './toc.ts';
import { convertBody } from './xhtml.ts';
import { elementsOf, findAll, parseXml, textIn } from './xml.ts';

/**
 * Reads a course from an EPUB 2 or 3 file. Nothing is written anywhere: the answer holds the course's facts, its
 * chapter and picture files, and a list of what was left out for safety.
 * @param file path of the file, or its bytes
 * @throws ImportRefused
 */
export async function readEpub(file: string | Uint8Array): Promise<ImportedCourse> {
  const bytes = typeof file === 'string' ? await load(file) : file;
  const archive = forgiving(await openArchive(bytes));
  refuseEncrypted(archive);
  const book = readPackage(archive);
  if (book.spine.length > LIMITS.chapters)
    throw new ImportRefused('too-large', `The book has more than ${LIMITS.chapters} documents.`);
  const facts = readFacts(book);
  const removals = new Removals();
  const pictures = new PictureLibrary(archive, removals);
  await pictures.draw([...book.items.values()].filter(isDrawing).map(({ path }) => path));
  for (const path of book.skipped) removals.add('page that is no text', path);
  const spine = book.spine.filter(({ item }) => {
    if (!archive.has(item.path)) removals.add('document named by the spine, but missing', item.path);
    return archive.has(item.path);
  });
  const links = new BookLinks(new Set(spine.map(({ item }) => item.path)));
  const pages = spine.map(({ item, linear }) => {
    const context = { path: item.path, removals, pictures, link: links.add.bind(links) };
    return { linear, page: readPage(archive, item, facts, context) };
  });
  const all = pages.map(({ page }) => page);
  const cover = findCover(book, pictures, all);
  // What the spine leaves out of the reading order (answers, notes) follows after it; a cover page is shown elsewhere.
  const aside = pages.filter(({ linear, page }) => !linear && onlyPicture(page) !== cover?.sha256);
  const ordered = [...pages.filter(({ linear }) => linear), ...aside].map(({ page }) => page);
  const chapters = makeChapters(ordered, readToc(archive, book));
  if (chapters.length > LIMITS.chapters)
    throw new ImportRefused('too-large', `The book has more than ${LIMITS.chapters} chapters.`);
  links.settle(chapters);
  findNotes(chapters);
  const small = cover && (await smallCover(cover));
  if (cover && !small) removals.add('cover that cannot be decoded', book.path);
  const assembled = assemble(facts, chapters, pictures.files, small);
  return { ...assembled, fingerprint: sha256Of(bytes), removed: removals.list() };
}

const isDrawing = ({ path, type }: ManifestItem): boolean => type === 'image/svg+xml' || /\.svg$/i.test(path);

async function load(file: string): Promise<Uint8Array> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    if (size > LIMITS.file) throw new ImportRefused('too-large', `The file is larger than ${LIMITS.file} bytes.`);
    return new Uint8Array(await handle.readFile());
  } finally {
    await handle.close();
  }
}

function readPage(
  archive: Archive,
  item: SpineItem['item'],
  facts: Pick<ImportedCourse['course'], 'language' | 'direction'>,
  context: Parameters<typeof convertBody>[1]
): Page {
  const root = parseXml(archive.read(item.path) ?? new Uint8Array(), item.path);
  const head = elementsOf(root, 'head')[0];
  const title = head ? elementsOf(head, 'title')[0] : undefined;
  if (findAll(root, 'head').some((found) => findAll(found, 'script').length > 0)) {
    context.removals.add('script', item.path);
  }
  const body = elementsOf(root, 'body')[0] ?? root;
  const { lang, dir } = { ...attributesFor('section', root), ...attributesFor('section', body) };
  const wrapper: Attributes = {
    ...(lang && lang.toLowerCase() !== facts.language.toLowerCase() && { lang }),
    ...(dir && dir !== facts.direction && { dir })
  };
  return {
    id: item.id,
    path: item.path,
    title: title ? textIn(title) : '',
    nodes: convertBody(body, context),
    wrapper
  };
}
