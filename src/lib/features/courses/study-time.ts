import type { Study } from '$lib/domain/documents/study';
import { addStudy } from '$lib/domain/documents/compose-study';
import type { Store } from '$lib/store/types';
import { localDay } from './local-day';
import { createMeter } from './study-meter';

/** How often what was counted is written down, ms: each time a document travels. */
const EVERY = 240_000;

/** Playing a recording is doing something. */
const SIGNS = ['pointerdown', 'keydown', 'wheel', 'touchstart', 'scroll', 'timeupdate'] as const;

type Kept = Pick<Store, 'setting' | 'setSetting' | 'ownItem' | 'write'>;

/** Adds time to this device's document of the year. */
async function addTime(store: Kept, course: string, seconds: number): Promise<void> {
  const day = localDay(Date.now());
  const name = `study-${day.slice(0, 4)}`;
  const id = await store.setting<string>(name);
  const before = id === undefined ? undefined : await store.ownItem<Study>(id);
  const written = await store.write(addStudy(before?.doc, course, day, seconds));
  if (written._id !== id) await store.setSetting(name, written._id);
}

/**
 * Counts the time that is spent in a course while its chapters are on the screen; what it answers ends that. Time that
 * cannot be kept (a full disk, a lock) is nothing to trouble anybody with.
 */
export function recordStudy(store: Kept, course: string): () => void {
  const meter = createMeter(document.visibilityState === 'visible', performance.now());
  const write = (): void => {
    const seconds = meter.take(performance.now());
    if (seconds > 0) void addTime(store, course, seconds).catch(() => undefined);
  };
  const touched = (): void => meter.touch(performance.now());
  const seen = (): void => {
    const isSeen = document.visibilityState === 'visible';
    meter.see(isSeen, performance.now());
    if (!isSeen) write();
  };
  for (const sign of SIGNS) document.addEventListener(sign, touched, { capture: true, passive: true });
  document.addEventListener('visibilitychange', seen);
  const timer = setInterval(write, EVERY);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', seen);
    for (const sign of SIGNS) document.removeEventListener(sign, touched, { capture: true });
    write();
  };
}
