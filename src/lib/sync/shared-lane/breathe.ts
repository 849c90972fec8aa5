interface Yielding {
  scheduler?: { yield?: () => Promise<void> };
}

/** Lets the page draw and answer taps between two pieces of work. */
export function breathe(): Promise<void> {
  const { scheduler } = globalThis as Yielding;
  return scheduler?.yield ? scheduler.yield() : new Promise((resolve) => setTimeout(resolve, 0));
}
