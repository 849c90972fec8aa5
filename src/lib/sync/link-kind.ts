import type { Store } from '$lib/store/store-api';
import { browserSavesData, savesData } from './data-saver';

/** Name of the setting that lets large things move over Wi-Fi or a cable alone. */
const SETTING = 'wifi-only';

/** Without a word about the link, somebody who saves data is asked before more than this moves, bytes. */
const LARGE = 10_000_000;

interface Link extends EventTarget {
  type?: string;
}

const link = (): Link | undefined => (navigator as { connection?: Link }).connection;

/** Links that cost nothing by the byte. */
const FREE = new Set(['wifi', 'ethernet']);

/** What the browser says about the link; most say nothing. */
export function linkKind(): 'free' | 'paid' | 'unknown' {
  const type = link()?.type;
  if (type === undefined || type === 'unknown' || type === 'none' || type === 'other') return 'unknown';
  return FREE.has(type) ? 'free' : 'paid';
}

/** Calls whenever the link becomes another one, until it is ended. */
export function hearLink(changed: () => void): () => void {
  const heard = link();
  heard?.addEventListener('change', changed);
  return () => heard?.removeEventListener('change', changed);
}

export const wifiOnly = async (store: Pick<Store, 'setting'>): Promise<boolean> =>
  (await store.setting<boolean>(SETTING)) ?? false;

export const setWifiOnly = (store: Pick<Store, 'setSetting'>, on: boolean): Promise<void> =>
  store.setSetting(SETTING, on);

/** Whether nothing large may move now, because the person waits for Wi-Fi. */
export const waitsForWifi = async (store: Pick<Store, 'setting'>): Promise<boolean> =>
  linkKind() === 'paid' && (await wifiOnly(store));

/** Whether the person is to be asked before so many bytes move. */
export async function asksBefore(store: Pick<Store, 'setting'>, bytes: number): Promise<boolean> {
  return bytes > LARGE && linkKind() !== 'free' && (await savesData(store, browserSavesData()));
}
