const IMMUTABLE = 'public, max-age=31536000, immutable';
const REVALIDATE = 'no-cache';

/**
 * How long browsers keep a file of the app. Names below `/_app/immutable` carry a hash of their content; the page and
 * the service worker decide which of them belong together and are asked for each time.
 */
export const cachingOf = (pathname: string): string =>
  pathname.startsWith('/_app/immutable/') ? IMMUTABLE : REVALIDATE;

/**
 * Paths that belong to the server: what is unknown below them is an error in JSON and never the app's page. `/sync` is
 * not among them: its page tells a person about her own items, and only POST goes to the server.
 */
export const isServerPath = (pathname: string): boolean => /^\/(api|db|media)(\/|$)/.test(pathname);

/** Whether an unknown path may be a page of the app: it has no file extension and is no part of the build. */
export const isPagePath = (pathname: string): boolean => {
  const last = pathname.slice(pathname.lastIndexOf('/') + 1);
  return !pathname.startsWith('/_app/') && !last.includes('.');
};
