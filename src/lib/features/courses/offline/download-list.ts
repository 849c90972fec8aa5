import type { Store } from '$lib/store/types';

/** A course that the person wants on this device and that is not whole here yet. */
export interface Listed {
  id: string;
  paused?: true;
  /** It need not wait for Wi-Fi: she said so for this one. */
  anyLink?: true;
}

/** Name of the setting with the list; it outlives the page, so that a download goes on after a kill. */
const SETTING = 'downloads';

export const readList = async (store: Pick<Store, 'setting'>): Promise<Listed[]> =>
  (await store.setting<Listed[]>(SETTING)) ?? [];

/** Changes the list, as it is by then, and answers what has become of it. */
export async function changeList(
  store: Pick<Store, 'setting' | 'changeSetting'>,
  change: (list: Listed[]) => Listed[]
): Promise<Listed[]> {
  await store.changeSetting<Listed[]>(SETTING, (old = []) => change(old));
  return readList(store);
}

/** Puts courses at the end; one that is there already keeps its place and goes on. */
export function withCourses(ids: string[], anyLink: boolean): (list: Listed[]) => Listed[] {
  const wanted = (id: string): Listed => ({ id, ...(anyLink && { anyLink }) });
  return (list) => [
    ...list.map((one) => (ids.includes(one.id) ? wanted(one.id) : one)),
    ...ids.filter((id) => list.every((one) => one.id !== id)).map(wanted)
  ];
}

export const withoutCourse =
  (id: string) =>
  (list: Listed[]): Listed[] =>
    list.filter((one) => one.id !== id);

export const withPaused =
  (id: string) =>
  (list: Listed[]): Listed[] =>
    list.map((one) => (one.id === id ? { ...one, paused: true } : one));
