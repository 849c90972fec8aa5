import type { Store } from '$lib/store/types';

/** Where a person was when her place was locked; sealed in her store, because an address says what she looked at. */
export interface Left {
  path: string;
  /** How far the page was scrolled, px. */
  y: number;
  /** When, ms. */
  at: number;
  /** What screens wanted to find again. */
  parts: Record<string, unknown>;
}

const NAME = 'places-left';
/** Who comes back later than this begins anew, ms. */
const FRESH = 3_600_000;
/** Tabs of one person that find their places again. */
const TABS = 8;

const keepers = new Map<string, () => unknown>();
const stops = new Set<() => void>();

/** What a screen wants to find again after the PIN, under its name in `Left.parts`. */
export const alsoKeep = (name: string, take: () => unknown): void => void keepers.set(name, take);

/** Calls `stop` when the place is locked: what goes on beyond its screen ends then. */
export const stopOnLeave = (stop: () => void): void => void stops.add(stop);

/** Address of the page. */
export const here = (): string => location.pathname + location.search;

/** Takes down where the person is, while it is still on the screen. */
export function takeLeft(): Left {
  const parts = Object.fromEntries([...keepers].map(([name, take]) => [name, take()]));
  return { path: here(), y: scrollY, at: Date.now(), parts };
}

/** Ends what goes on beyond its screen, and forgets who asked. */
export function stopAll(): void {
  for (const stop of stops) stop();
  stops.clear();
  keepers.clear();
}

type Lefts = Pick<Store, 'setting' | 'changeSetting'>;

const isFresh = ({ at }: Left): boolean => Date.now() - at >= 0 && Date.now() - at < FRESH;

/** Keeps where the person is. Tabs are locked together and each keeps its own place: they are told apart by address. */
export const keepLeft = (store: Lefts, left: Left): Promise<void> =>
  store.changeSetting<Left[]>(NAME, (old = []) =>
    [...old.filter((one) => one.path !== left.path && isFresh(one)), left].slice(-TABS)
  );

/**
 * Where she left, unless that is long ago. Told once: the next unlocking begins from where she is then.
 * @param anywhere the tab shows nothing of hers: the last place is as good as any
 */
export async function recallLeft(store: Lefts, anywhere: boolean): Promise<Left | undefined> {
  const fresh = ((await store.setting<Left[]>(NAME)) ?? []).filter(isFresh);
  const left = fresh.find(({ path }) => path === here()) ?? (anywhere ? fresh.at(-1) : undefined);
  if (!left) return undefined;
  // Nobody waits for this: she is to see her page now.
  store
    .changeSetting<Left[]>(NAME, (old = []) => old.filter(({ path, at }) => path !== left.path || at !== left.at))
    .catch(() => undefined);
  return left;
}

/** Time for a page to become as high as it was, ms. */
const PATIENCE = 5_000;
const TOUCHES = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const;

/** Scrolls to where the page was, as soon as it is high enough and unless the person scrolls herself. */
export function scrollBack(y: number): () => void {
  const ends = performance.now() + PATIENCE;
  let isOver = y <= 0;
  const end = (): void => {
    isOver = true;
    for (const touch of TOUCHES) removeEventListener(touch, end, true);
  };
  for (const touch of TOUCHES) addEventListener(touch, end, { capture: true, passive: true });
  const step = (): void => {
    if (isOver) return;
    scrollTo(0, y);
    if (Math.abs(scrollY - y) < 2 || performance.now() > ends) end();
    else requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
  return end;
}
