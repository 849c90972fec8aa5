import { deviceList, type Device } from '$lib/domain/api';
import { askFor, askServer, type AskingStore } from './ask-server';
import type { SyncStore } from './port';

type DeviceStore = AskingStore & Pick<SyncStore, 'setting' | 'setSetting'>;

/** The devices of the person as the server told them at this time, ms. */
export interface KnownDevices {
  at: number;
  devices: Device[];
}

const SETTING = 'devices';

/** What was known last; undefined when the server has never been asked on this device. */
export const knownDevices = (store: DeviceStore): Promise<KnownDevices | undefined> =>
  store.setting<KnownDevices>(SETTING);

/** Asks the server where the person is signed in, and keeps the answer. @throws ServerRefused, SyncFailure */
export async function askDevices(store: DeviceStore): Promise<void> {
  const { devices } = await askFor(deviceList, store, '/api/devices');
  await store.setSetting(SETTING, { at: Date.now(), devices } satisfies KnownDevices);
}

/** Ends the session of one device. @throws ServerRefused, SyncFailure */
export async function endDevice(store: DeviceStore, id: string): Promise<void> {
  await askServer(store, `/api/devices/${id}`, { method: 'DELETE' });
  await askDevices(store);
}

/** Ends all sessions but that of this device. @throws ServerRefused, SyncFailure */
export async function endOtherDevices(store: DeviceStore): Promise<void> {
  await askServer(store, '/api/devices', { method: 'DELETE' });
  await askDevices(store);
}

/** Reports a device lost: at its next contact the person's place on it is destroyed. @throws ServerRefused, SyncFailure */
export async function reportLostDevice(store: DeviceStore, id: string): Promise<void> {
  await askServer(store, `/api/devices/${id}/lost`, { method: 'POST' });
  await askDevices(store);
}
