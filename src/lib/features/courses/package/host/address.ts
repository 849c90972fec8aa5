/** Where a package stands in its own eyes. No such host can exist (RFC 6761), so nothing is ever asked of it. */
export const ROOT = 'https://package.invalid/';

/** An address that loads nothing: what it is set on hears an error, as for a file that a server does not have. */
export const NOWHERE = 'blob:null/00000000-0000-0000-0000-000000000000';

/** Addresses that need no package: made by its scripts, or holding what they stand for. */
const BY_ITSELF = /^\s*(?:data|blob|about|mailto|tel):/i;

export const isByItself = (reference: string): boolean => BY_ITSELF.test(reference);

export const scriptIn = (reference: string): string | undefined => /^\s*javascript:([\s\S]*)$/i.exec(reference)?.[1];

/** The full address of a reference; undefined when it leads out of the package. */
export function addressOf(reference: string, base: string): URL | undefined {
  const address = URL.parse(reference.trim(), base);
  return address?.href.startsWith(ROOT) ? address : undefined;
}

/** The path of an address in the package. */
export function pathOf(address: URL): string {
  const path = address.pathname.slice(1);
  try {
    return decodeURIComponent(path).normalize('NFC');
  } catch {
    return path;
  }
}

/** The address of a path. */
export const urlOf = (path: string, parameters = ''): URL =>
  new URL(path.split('/').map(encodeURIComponent).join('/') + parameters, ROOT);
