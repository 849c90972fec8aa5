/** Where a reference inside a book leads. */
export type Target = { kind: 'inside'; path: string; fragment: string } | { kind: 'outside'; url: string };

/** Resolves a reference of the file `base` (a path in the archive). `..` beyond the root stays at the root. */
export function resolve(base: string, reference: string): Target {
  const clean = reference.trim();
  if (/^[a-z][a-z0-9+.-]*:/i.test(clean) || clean.startsWith('//')) return { kind: 'outside', url: clean };
  const [withQuery = '', ...rest] = clean.split('#');
  const relative = decode(withQuery.split('?')[0] ?? '');
  const fragment = decode(rest.join('#'));
  if (relative === '') return { kind: 'inside', path: base, fragment };
  const segments = relative.startsWith('/') ? [] : base.split('/').slice(0, -1);
  for (const segment of relative.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '.' && segment !== '') segments.push(segment);
  }
  return { kind: 'inside', path: segments.join('/'), fragment };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A web address to keep as a link: https, without a password; http is raised to https. Undefined for all else. */
export function webAddress(url: string): string | undefined {
  const found = URL.parse(url.startsWith('//') ? `https:${url}` : url);
  if (!found || (found.protocol !== 'https:' && found.protocol !== 'http:') || found.username || found.password) return;
  if (found.hostname === '') return undefined;
  found.protocol = 'https:';
  return found.href;
}
