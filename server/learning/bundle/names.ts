import path from 'node:path';
import type { Bundle } from './types.ts';

/** What systems leave in folders without being asked. */
const LITTER = /(^|\/)(\.|__MACOSX\/|Thumbs\.db$|desktop\.ini$)/i;

/** Numbers count as numbers: `2` comes before `10`. */
const inOrder = new Intl.Collator('id', { numeric: true, sensitivity: 'base' });

/** A bundle without litter, and without the one folder that holds everything. */
export function tidy(bundle: Bundle): Bundle {
  const names = bundle.names().filter((name) => !LITTER.test(name));
  const top = names[0]?.split('/')[0];
  const prefix = top !== undefined && names.every((name) => name.startsWith(`${top}/`)) ? `${top}/` : '';
  const kept = new Set(names.map((name) => name.slice(prefix.length)));
  return {
    names: () => [...kept].sort((a, b) => compare(a, b)),
    has: (name) => kept.has(name),
    read: (name) => (kept.has(name) ? bundle.read(prefix + name) : undefined)
  };
}

/** What opens a course comes first, then what stands before others in its folder. */
function compare(a: string, b: string): number {
  const opening = Number(isOpening(b)) - Number(isOpening(a));
  return opening || inOrder.compare(path.posix.dirname(a), path.posix.dirname(b)) || inOrder.compare(a, b);
}

export const isOpening = (name: string): boolean => /^(index|readme)\.md$/i.test(name);

export const extensionOf = (name: string): string => path.posix.extname(name).toLowerCase();

/** `02_Cara melayani.md` is `Cara melayani`: the number is for the order. */
export function stemOf(name: string): string {
  const stem = path.posix.basename(name, path.posix.extname(name));
  return stem.replace(/^\d+[\s._-]+(?=\S)/, '');
}

/** A name as a title. */
export function titleOf(name: string): string {
  const words = stemOf(name).replace(/[_-]+/g, ' ').replace(/\s+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What companions share: the name without its extension, and without a language before it. */
export const companyOf = (name: string): string =>
  name.slice(0, name.length - path.posix.extname(name).length).replace(/\.[a-z]{2,3}(-[A-Za-z0-9]+)?$/, '');
