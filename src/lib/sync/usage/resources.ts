/** What the server answers itself; signing in is counted by hand, since there is nobody yet to count it for. */
const PATHS = /^\/(sync$|db\/|media\/|api\/(?!session$))/;

/** Whether the browser tells this page how large the answers of a server were on the wire. */
export function tellsSizes(base: string): boolean {
  return (
    typeof document !== 'undefined' &&
    new URL(base, document.baseURI).origin === location.origin &&
    typeof PerformanceResourceTiming === 'function' &&
    'transferSize' in PerformanceResourceTiming.prototype
  );
}

/**
 * Hears the size on the wire, head included, of every answer to this page from now on: also of one that was cut, but
 * of one that the page gave up only the head. An observer hears of all, however full the browser's own list is.
 * @returns ends it
 */
export function hearSizes(base: string, heard: (bytes: number) => void): () => void {
  if (!tellsSizes(base)) return () => undefined;
  const from = performance.now();
  const take = (entries: PerformanceEntryList): void => {
    let bytes = 0;
    for (const entry of entries) {
      const isOurs = entry instanceof PerformanceResourceTiming && entry.initiatorType === 'fetch';
      if (!isOurs || entry.startTime < from) continue;
      const { origin, pathname } = new URL(entry.name);
      if (origin === location.origin && PATHS.test(pathname)) bytes += entry.transferSize;
    }
    if (bytes > 0) heard(bytes);
  };
  const observer = new PerformanceObserver((list) => take(list.getEntries()));
  observer.observe({ type: 'resource' });
  return () => {
    take(observer.takeRecords());
    observer.disconnect();
  };
}
