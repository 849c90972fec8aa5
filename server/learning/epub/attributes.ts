import type { ElementName, NOTE_ROLES } from '../../../src/lib/domain/documents/chapter.ts';
import type { Attributes } from '../tree.ts';
import type { XmlElement } from './xml.ts';

type NoteRole = (typeof NOTE_ROLES)[number];

const wholeNumber = (value: string | undefined, most: number): string | undefined => {
  const clean = value?.trim() ?? '';
  return /^\d{1,5}$/.test(clean) && Number(clean) <= most ? String(Number(clean)) : undefined;
};

const SCOPES = new Set(['row', 'col', 'rowgroup', 'colgroup']);
const DIRECTIONS = new Set(['ltr', 'rtl', 'auto']);

/** The attributes that survive on any element, and those of tables and lists, each checked. */
export function attributesFor(name: ElementName, { attributes }: XmlElement): Attributes {
  const kept: Attributes = {};
  const keep = (key: keyof Attributes, value: string | undefined): void => {
    if (value) kept[key] = value;
  };
  keep('id', anchorOf(attributes.get('id')));
  const language = (attributes.get('xml:lang') ?? attributes.get('lang') ?? '').trim();
  keep('lang', /^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/.test(language) ? language : undefined);
  const direction = attributes.get('dir')?.trim().toLowerCase() ?? '';
  keep('dir', DIRECTIONS.has(direction) ? direction : undefined);
  keep('role', noteRole(attributes));
  if (name === 'abbr' || name === 'dfn') keep('title', plain(attributes.get('title'), 500));
  if (name === 'ol') keep('start', wholeNumber(attributes.get('start'), 99_999));
  if (name === 'td' || name === 'th') {
    keep('colspan', wholeNumber(attributes.get('colspan'), 1_000));
    keep('rowspan', wholeNumber(attributes.get('rowspan'), 1_000));
    const scope = attributes.get('scope')?.toLowerCase() ?? '';
    keep('scope', SCOPES.has(scope) ? scope : undefined);
  }
  return kept;
}

const NOTE_TYPES: ReadonlyMap<string, NoteRole> = new Map([
  ...(['noteref', 'doc-noteref'] as const).map((word) => [word, 'doc-noteref'] as const),
  ...(['footnote', 'rearnote', 'endnote', 'doc-footnote', 'doc-endnote'] as const).map(
    (word) => [word, 'doc-footnote'] as const
  ),
  ...(['backlink', 'referrer', 'doc-backlink'] as const).map((word) => [word, 'doc-backlink'] as const)
]);

/** What an element is to a note, by `epub:type` or by `role`. */
function noteRole(attributes: XmlElement['attributes']): NoteRole | undefined {
  const words = `${attributes.get('epub:type') ?? ''} ${attributes.get('role') ?? ''}`.split(/\s+/);
  return words.map((word) => NOTE_TYPES.get(word)).find((role) => role !== undefined);
}

/** An id as a link target: one word of at most 200 characters. */
export const anchorOf = (id: string | undefined): string | undefined =>
  id && id.length <= 200 && /^[^\s\p{Cc}]+$/u.test(id) ? id : undefined;

/** The text of an attribute on one line. */
export const plain = (value: string | undefined, most: number): string =>
  (value ?? '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, most);

/** A picture's size in CSS pixels: as the author wants it, else its own, so that the page never jumps. */
export function pictureSize({ attributes }: XmlElement, natural: { width: number; height: number }): Attributes {
  const width = Number(wholeNumber(attributes.get('width'), 10_000) ?? 0);
  const height = Number(wholeNumber(attributes.get('height'), 10_000) ?? 0);
  const scale = width > 0 ? width / natural.width : height > 0 ? height / natural.height : 1;
  return {
    width: String(width || Math.max(1, Math.round(natural.width * scale))),
    height: String(height || Math.max(1, Math.round(natural.height * scale)))
  };
}
