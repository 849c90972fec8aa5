/** Name of the cache of a build: this and the build's version. */
export const SHELL = 'smartasn-shell-';

/** Paths that the server answers itself; `/sync` is a page when it is navigated to and data when it is posted to. */
const SERVER = /^\/(api|db|media)(\/|$)/;

/** Where the files of courses that are on this device have addresses. */
const OFFLINE = /^\/offline\/([0-9a-f]{64})$/;

/** The file of a course that a request is for; pages and frames are never made of one. */
export function offlineFileOf(mode: RequestMode, path: string): string | undefined {
  return mode === 'navigate' ? undefined : OFFLINE.exec(path)?.[1];
}

/** The one page beside the app's: it holds packages of courses, and brings a policy of its own. */
const PACKAGE_FRAME = '/package-frame.html';

/** Whether a request is for a page of the app, which is one file for all addresses. */
export const isPage = (mode: RequestMode, path: string): boolean =>
  mode === 'navigate' && !SERVER.test(path) && path !== PACKAGE_FRAME;

/** Whether a request is for a file of this build (it has a key in the cache) or of an older one (its name is a hash). */
export const isShellFile = (path: string, key: string | undefined): boolean =>
  !SERVER.test(path) && (key !== undefined || path.startsWith('/_app/immutable/'));
