import type { ImportedCourse } from '../types.ts';
import { directionOf, languageOf, oneLine, paragraphs } from '../text.ts';
import { metadataTexts, type BookPackage } from './package.ts';
import { elementsOf, findAll, textIn } from './xml.ts';

type Facts = Omit<ImportedCourse['course'], 'chapters' | 'size' | 'cover'>;

const MOST_TOPICS = 8;

/** What the package document says about the book, in the fields of a course. */
export function readFacts(book: BookPackage): Facts {
  const texts = (name: string): string[] => metadataTexts(book, name);
  const language = languageOf(
    texts('language').find((tag) => languageOf(tag, '') !== ''),
    'und'
  );
  const publisher = oneLine(texts('publisher')[0] ?? '', 200);
  const topics = [...new Set(texts('subject').map((subject) => oneLine(subject, 60)))].slice(0, MOST_TOPICS);
  const origin = [texts('creator').join(', '), texts('publisher')[0], texts('date')[0], texts('identifier')[0]];
  const rights = texts('rights')[0];
  const source = [...origin, rights].filter(Boolean).join(' · ');
  return {
    title: oneLine(mainTitle(book), 300) || 'EPUB',
    summary: paragraphs(withoutMarkup(texts('description')[0] ?? ''), 2_000),
    language,
    direction: readingDirection(book, language),
    kind: 'book',
    ...(topics.length > 0 && { topics }),
    ...(publisher && { publisher }),
    ...(source && { source: paragraphs(source, 500) })
  };
}

/** The title that EPUB 3 refines as `main`, else the first. */
function mainTitle(book: BookPackage): string {
  const titles = findAll(book.metadata, 'title', 'Title');
  const main = elementsOf(book.metadata, 'meta').find(
    (meta) => meta.attributes.get('property') === 'title-type' && textIn(meta) === 'main'
  );
  const id = main?.attributes.get('refines')?.replace(/^#/, '');
  const found = id ? titles.find(({ attributes }) => attributes.get('id') === id) : undefined;
  const chosen = found ?? titles[0];
  return chosen ? textIn(chosen) : '';
}

/** Descriptions often are escaped HTML; they are shown as text. */
const withoutMarkup = (text: string): string =>
  text
    .slice(0, 10_000)
    .replace(/<[^<>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/**
 * Writing direction of the text. Chinese, Japanese and Korean books turn pages from right to left when they are
 * printed in columns; shown in lines, as here, their text runs from left to right.
 */
function readingDirection(book: BookPackage, language: string): 'ltr' | 'rtl' {
  const columns = /^(ja|zh|ko)\b/i.test(language);
  if (!columns && (book.direction === 'rtl' || book.direction === 'ltr')) return book.direction;
  return directionOf(language);
}
