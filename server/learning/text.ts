import { createHash } from 'node:crypto';
import type { CourseFile } from './types.ts';

export const sha256Of = (body: Uint8Array | string): string => createHash('sha256').update(body).digest('hex');

/** A file of a course that is data for the app. */
export function jsonFile(value: unknown): CourseFile {
  const body = new TextEncoder().encode(JSON.stringify(value));
  return { sha256: sha256Of(body), type: 'application/json', body };
}

/** One line for a title field: white space collapsed, control characters gone, at most `max` characters. */
export function oneLine(text: string, max: number): string {
  const clean = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return cut(clean, max);
}

/** Several lines for a text field, at most `max` characters. */
export function paragraphs(text: string, max: number): string {
  const clean = text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n]/gu, ' ')
    .trim();
  return cut(clean, max);
}

/** Shortens without cutting a character outside the basic plane in two. */
function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

const RTL_LANGUAGES = new Set(['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'iw', 'ks', 'ps', 'sd', 'ug', 'ur', 'yi']);
const RTL_SCRIPT = /-(arab|hebr|thaa|syrc|nkoo|adlm)\b/i;

/** The writing direction of a language tag (BCP 47): its script when it names one, else its usual script. */
export const directionOf = (language: string): 'ltr' | 'rtl' => {
  if (RTL_SCRIPT.test(language)) return 'rtl';
  const scripted = /^[a-z]{2,3}-[a-z]{4}\b/i.test(language);
  return !scripted && RTL_LANGUAGES.has(language.slice(0, 3).replace(/-.*/, '').toLowerCase()) ? 'rtl' : 'ltr';
};

/** A language tag that the course schema accepts; `fallback` for anything else. */
export const languageOf = (tag: string | undefined, fallback: string): string => {
  const clean = (tag ?? '').trim().replaceAll('_', '-');
  return /^[a-zA-Z]{2,3}(-[A-Za-z0-9-]{2,})?$/.test(clean) ? clean : fallback;
};

/** Gives out names that are safe in addresses and unique: letters, digits, dots and hyphens, at most 60 characters. */
export class Names {
  /** Names that every JavaScript object seems to have: a record keyed by them could not tell them from entries. */
  readonly #taken = new Set(['constructor', 'prototype']);

  give(wish: string, fallback: string): string {
    const clean = wish
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^a-z0-9.]+/g, '-')
      .replace(/^[-.]+/, '')
      .slice(0, 60)
      .replace(/[-.]+$/, '');
    const base = clean || fallback;
    let name = base;
    for (let count = 2; this.#taken.has(name); count += 1) name = `${base}-${count}`;
    this.#taken.add(name);
    return name;
  }
}

/** A text of a stranger's for a terminal: characters that command it, turn or hide writing are shown by their numbers. */
export const printable = (text: string): string =>
  text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/\p{Cf}/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
