import { ELEMENTS, type ElementName } from '../../../src/lib/domain/documents/chapter.ts';

const same = ELEMENTS.filter((name) => name !== 'img' && name !== 'a').map((name): [string, ElementName] => [
  name,
  name
]);

/** Which chapter element an XHTML element becomes. */
export const RENAMED: ReadonlyMap<string, ElementName> = new Map<string, ElementName>([
  ...same,
  ['article', 'section'],
  ['main', 'section'],
  ['header', 'div'],
  ['footer', 'div'],
  ['hgroup', 'div'],
  ['nav', 'div'],
  ['address', 'div'],
  ['center', 'div'],
  ['details', 'div'],
  ['summary', 'p'],
  ['menu', 'ul'],
  ['dir', 'ul'],
  ['tt', 'code'],
  ['del', 's'],
  ['strike', 's'],
  ['ins', 'u'],
  ['acronym', 'abbr'],
  ['rb', 'span']
]);

/** Left out with everything inside, and told to the publisher. */
export const REMOVED = new Set([
  'script',
  'style',
  'template',
  'iframe',
  'frame',
  'frameset',
  'embed',
  'applet',
  'input',
  'select',
  'textarea',
  'button',
  'datalist',
  'meter',
  'progress'
]);

/** The element goes and is told; what stands inside is its text for readers without it, and stays. */
export const UNWRAPPED_WITH_NOTE = new Set(['form', 'object', 'audio', 'video', 'canvas']);

/** Left out without a word: no reader ever sees them. */
export const SILENT = new Set([
  'head',
  'title',
  'meta',
  'link',
  'base',
  'source',
  'param',
  'track',
  'area',
  'col',
  'colgroup',
  'wbr',
  'noframes'
]);

/** Elements that mean something even when empty. */
export const KEPT_EMPTY: ReadonlySet<string> = new Set<ElementName>(['br', 'hr', 'img', 'td', 'th', 'rt', 'rp']);
