import type { Store } from '$lib/store/store-api';

/** Name of the setting with what the person chose; without it the browser's wish counts. */
const SETTING = 'data-saver';

/**
 * Whether this person wants to spend little: then nothing large is fetched unasked, the server is asked now and then
 * instead of holding a request, and a hidden page rests longer.
 * @param wished whether the browser is set to save data
 */
export const savesData = async (store: Pick<Store, 'setting'>, wished: boolean): Promise<boolean> =>
  (await chosenSaving(store)) ?? wished;

/** What the person chose; undefined while the browser's wish counts. */
export const chosenSaving = (store: Pick<Store, 'setting'>): Promise<boolean | undefined> =>
  store.setting<boolean>(SETTING);

export const setSavesData = (store: Pick<Store, 'setSetting'>, on: boolean): Promise<void> =>
  store.setSetting(SETTING, on);

interface Connected {
  connection?: { saveData?: boolean };
}

/** Whether the browser is set to save data. */
export const browserSavesData = (): boolean => (navigator as Connected).connection?.saveData === true;
