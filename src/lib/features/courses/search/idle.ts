/** Longest wait for a browser that is never idle, ms. */
const PATIENCE = 300;

interface Idle {
  requestIdleCallback?: (call: () => void, options: { timeout: number }) => unknown;
}

/** Resolves when nothing more urgent is to be done. */
export const idle = (): Promise<void> =>
  new Promise((resolve) => {
    const { requestIdleCallback: ask } = globalThis as Idle;
    if (ask) ask(() => resolve(), { timeout: PATIENCE });
    else setTimeout(resolve);
  });
