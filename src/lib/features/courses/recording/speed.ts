import type { Store } from '$lib/store/types';

/** Speeds that a recording can be heard at. */
export const SPEEDS = [0.75, 1, 1.25, 1.5, 1.75, 2] as const;

const NAME = 'recording-speed';

/** The speed that the person chose last on this device. */
export async function keptSpeed(store: Pick<Store, 'setting'>): Promise<number> {
  const kept = await store.setting<number>(NAME);
  return SPEEDS.find((speed) => speed === kept) ?? 1;
}

export const keepSpeed = (store: Pick<Store, 'setSetting'>, speed: number): Promise<void> =>
  store.setSetting(NAME, speed).catch(() => undefined);
