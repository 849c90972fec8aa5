import type { Archive } from './archive.ts';

/**
 * The archive with names found as book makers on other systems mean them: in capitals or not, with accents composed or
 * not, percent-encoded or not. Only where the exact name is missing and exactly one other is meant.
 */
export function forgiving(archive: Archive): Archive {
  const meant = new Map<string, string | undefined>();
  for (const name of archive.names()) {
    const key = loose(name);
    meant.set(key, meant.has(key) ? undefined : name);
  }
  const find = (name: string): string => (archive.has(name) ? name : (meant.get(loose(name)) ?? name));
  return {
    names: () => archive.names(),
    has: (name) => archive.has(find(name)),
    read: (name) => archive.read(find(name))
  };
}

function loose(name: string): string {
  let decoded = name;
  try {
    decoded = decodeURIComponent(name);
  } catch {
    // A percent sign that encodes nothing is part of the name.
  }
  return decoded.normalize('NFC').toLowerCase();
}
