import type { Page } from '@playwright/test';

/** Counts what blocks the page's main thread; to be called before the page is opened. */
export async function watchTasks(page: Page): Promise<{ take(): Promise<number[]> }> {
  await page.addInitScript(() => {
    const long: number[] = [];
    Object.assign(window, { long });
    new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'longtask'
    });
  });
  return { take: () => page.evaluate<number[]>('window.long.splice(0)') };
}

/** Samples the page's JavaScript heap ten times a second, garbage included, until it is asked for the highest, MB. */
export async function watchHeap(page: Page): Promise<{ peak(): Promise<number> }> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  let peak = 0;
  let isOver = false;
  const sampling = (async () => {
    while (!isOver) {
      const { metrics } = await session.send('Performance.getMetrics');
      peak = Math.max(peak, metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  })();
  return {
    async peak() {
      isOver = true;
      await sampling;
      return peak / 1e6;
    }
  };
}
