import { UUID_PATTERN } from './ids.ts';

/** Names of the CouchDB databases of DESIGN §2. */

export const CATALOGUE = 'catalogue';
export const REGISTRY = 'registry';

export const personDatabase = (person: string): string => `person-${person}`;
export const channelDatabase = (channel: string): string => `channel-${channel}`;
export const directoryDatabase = (agency: string): string => `directory-${agency}`;
export const officeDatabase = (agency: string): string => `office-${agency}`;

export type DatabaseKind = 'person' | 'channel' | 'catalogue' | 'directory' | 'office' | 'registry';

const KEY = /^[a-z0-9][a-z0-9-]{0,79}$/;

/** What a database name stands for, with the person, channel or agency it belongs to; undefined when it is none of ours. */
export function parseDatabase(name: string): { kind: DatabaseKind; key: string } | undefined {
  if (name === CATALOGUE || name === REGISTRY) return { kind: name, key: '' };
  const cut = name.indexOf('-');
  if (cut < 0) return undefined;
  const kind = name.slice(0, cut);
  const key = name.slice(cut + 1);
  if (kind === 'person') return UUID_PATTERN.test(key) ? { kind, key } : undefined;
  if (kind !== 'channel' && kind !== 'directory' && kind !== 'office') return undefined;
  return KEY.test(key) ? { kind, key } : undefined;
}
