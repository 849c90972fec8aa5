/**
 * Large parts of the app that few people need (the PDF reader is three times as large as the rest): they are not
 * brought to every device, but kept from the moment that somebody takes a course along which needs them.
 */
const PART = /^\/_app\/immutable\/assets\/pdf\.[^/]*\.mjs$/;

export const isPart = (path: string): boolean => PART.test(path);

/** Whether a part of any build is on this device: then this build's come along with an update. */
export async function hasParts(): Promise<boolean> {
  for (const name of await caches.keys()) {
    const requests = await (await caches.open(name)).keys();
    if (requests.some(({ url }) => isPart(new URL(url).pathname))) return true;
  }
  return false;
}
