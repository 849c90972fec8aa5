/** Questions that are under way at the same time. */
const AT_ONCE = 2;

/**
 * Gathers keys that are asked for one by one into questions of many: those of one turn of the event loop, and while
 * questions are under way all that come meanwhile. So a quiet server asks at once, and a thousand devices that wake
 * together cost a few questions instead of a thousand.
 * @param ask answers what it finds; a key that is missing in the answer is not there
 * @param most keys in one question
 */
export function batched<T>(
  ask: (keys: string[]) => Promise<Map<string, T>>,
  most: number
): (key: string) => Promise<T | undefined> {
  const waiting = new Map<string, PromiseWithResolvers<T | undefined>>();
  let running = 0;
  let due = false;

  const question = async (): Promise<void> => {
    const taken = [...waiting].slice(0, most);
    for (const [key] of taken) waiting.delete(key);
    running += 1;
    try {
      const found = await ask(taken.map(([key]) => key));
      for (const [key, { resolve }] of taken) resolve(found.get(key));
    } catch (error) {
      for (const [, { reject }] of taken) reject(error);
    }
    running -= 1;
    go();
  };

  const go = (): void => {
    due = false;
    while (waiting.size > 0 && running < AT_ONCE) void question();
  };

  return (key) => {
    const one = waiting.get(key) ?? Promise.withResolvers<T | undefined>();
    waiting.set(key, one);
    if (!due) setImmediate(go);
    due = true;
    return one.promise;
  };
}
