import { test } from 'vitest';
import { createWake } from './wake';

const FOREVER = Number.POSITIVE_INFINITY;

test('a ring ends every sleep, and one that came while looking for work is not lost', async () => {
  const wake = createWake();
  const { signal } = new AbortController();
  const sleeping = [wake.wait(FOREVER, signal), wake.wait(FOREVER, signal)];
  wake.ring();
  await Promise.all(sleeping);
  const noted = wake.rings;
  wake.ring();
  await wake.wait(FOREVER, signal, noted);
});

test('the signal ends a sleep and prevents the next', async () => {
  const wake = createWake();
  const stop = new AbortController();
  const sleeping = wake.wait(FOREVER, stop.signal);
  stop.abort();
  await sleeping;
  await wake.wait(FOREVER, stop.signal);
});
