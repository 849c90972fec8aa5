const PREFIX = 'smartasn-guest-';

const locks = (): LockManager | undefined => globalThis.navigator?.locks;

/**
 * Says, for as long as this page lives, that the key of a guest's place is in its memory. Without Web Locks nobody could
 * tell a living guest from one whose page has died, so there is none.
 */
export const holdGuest = (id: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const manager = locks();
    if (!manager) return reject(new Error('this browser has no Web Locks'));
    manager.request(PREFIX + id, () => (resolve(), new Promise(() => undefined))).catch(reject);
  });

/** The guests whose pages live in this browser; a page that was killed has lost its lock, and with it the key. */
export async function guestsAlive(): Promise<Set<string>> {
  const { held = [] } = (await locks()?.query()) ?? {};
  return new Set(held.flatMap(({ name = '' }) => (name.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : [])));
}
