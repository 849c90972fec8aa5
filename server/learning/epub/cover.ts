import type { CourseFile } from '../types.ts';
import { textOf, walk } from '../tree.ts';
import type { Page } from './chapters.ts';
import type { PictureLibrary } from './library.ts';
import type { BookPackage } from './package.ts';
import { elementsOf } from './xml.ts';

/**
 * The cover: the picture that the package names (EPUB 3, then EPUB 2, by id or by name), else what the guide's cover page
 * shows (EPUB 2), else a first page that is only a picture.
 */
export function findCover(book: BookPackage, pictures: PictureLibrary, pages: Page[]): CourseFile | undefined {
  const items = [...book.items.values()];
  const meta = elementsOf(book.metadata, 'meta').find(({ attributes }) => attributes.get('name') === 'cover');
  const named =
    items.find(({ properties }) => properties.includes('cover-image')) ??
    book.items.get(meta?.attributes.get('content') ?? '') ??
    items.find(({ path }) => meta !== undefined && path.endsWith(`/${meta.attributes.get('content')}`));
  const picture = named && pictures.at(named.path);
  if (picture) return picture.file;
  const page = pages.find(({ path }) => path === book.coverPage) ?? pages[0];
  const shown = page && onlyPicture(page);
  return shown === undefined ? undefined : pictures.files.get(shown);
}

/** The picture that is all that a page shows. */
export function onlyPicture({ nodes }: Page): string | undefined {
  const shown: string[] = [];
  let words = textOf(nodes);
  walk(nodes, (name, { src, alt }) => {
    if (name !== 'img' || !src) return;
    shown.push(src);
    words = words.replace(alt ?? '', '');
  });
  return shown.length === 1 && words.trim() === '' ? shown[0] : undefined;
}
