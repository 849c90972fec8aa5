/**
 * Runs work in one tab of this browser at a time. Where a browser has no locks, tabs may do the same twice, which costs
 * bytes and nothing else.
 */
export async function oneAtATime(work: () => Promise<void>): Promise<void> {
  if (!('locks' in navigator)) return work();
  await navigator.locks.request('smartasn-downloads', work);
}
