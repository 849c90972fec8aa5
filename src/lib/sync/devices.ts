import * as v from 'valibot';
import { deviceList, type Device } from '$lib/domain/api';
import { apiOf } from './api';
import { failureOf, SyncFailure } from './failure';
import type { AuthorizedInit } from './tokens';
import type { SyncStore } from './port';

type DeviceStore = Pick<SyncStore, 'secret' | 'setSecret' | 'setting' | 'setSetting' | 'changeSetting'>;

/** The devices of the person as the server told them at this time, ms. */
export interface KnownDevices {
  at: number;
  devices: Device[];
}

const SETTING = 'devices';

/** What was known last; undefined when the server has never been asked on this device. */
export const knownDevices = (store: DeviceStore): Promise<KnownDevices | undefined> =>
  store.setting<KnownDevices>(SETTING);

async function ask(store: DeviceStore, path: string, init?: AuthorizedInit): Promise<Response> {
  const response = await apiOf(store).fetch(path, init);
  const failure = failureOf(response);
  if (failure) throw failure;
  return response;
}

/** Asks the server where the person is signed in, and keeps the answer. @throws SyncFailure */
export async function askDevices(store: DeviceStore): Promise<void> {
  const answer = v.safeParse(deviceList, await (await ask(store, '/api/devices')).json());
  if (!answer.success) throw new SyncFailure('server');
  await store.setSetting(SETTING, { at: Date.now(), devices: answer.output.devices } satisfies KnownDevices);
}

/** Ends the session of one device. @throws SyncFailure */
export async function endDevice(store: DeviceStore, id: string): Promise<void> {
  await ask(store, `/api/devices/${id}`, { method: 'DELETE' });
  await askDevices(store);
}

/** Ends all sessions but that of this device. @throws SyncFailure */
export async function endOtherDevices(store: DeviceStore): Promise<void> {
  await ask(store, '/api/devices', { method: 'DELETE' });
  await askDevices(store);
}

/** Reports a device lost: at its next contact the person's place on it is destroyed. @throws SyncFailure */
export async function reportLostDevice(store: DeviceStore, id: string): Promise<void> {
  await ask(store, `/api/devices/${id}/lost`, { method: 'POST' });
  await askDevices(store);
}
