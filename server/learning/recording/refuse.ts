import { ImportRefused } from '../types.ts';

/** A recording whose end is missing: a download that broke, most often. */
export const cutOff = (name: string): ImportRefused =>
  new ImportRefused('unreadable', `${name} is cut off: its end is missing.`);

export const damaged = (name: string, why: string): ImportRefused =>
  new ImportRefused('unreadable', `${name} is damaged: ${why}`);
