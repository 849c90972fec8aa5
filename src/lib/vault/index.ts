import { deriveInWorker, KDF_COST } from './kdf';
import { NewerBuild } from './types';
import { createVaults, type Vaults } from './vault';

export { LABELS } from './vault';
export { pinProblem, type PinProblem } from './pin';
export { trustedScriptUrl } from './trusted-url';
export { NewerBuild, PinRefused, VaultLocked, type OpenVault, type Slot } from './types';

let vaults: Vaults | undefined;
let isReplaced = false;

/** Made on first use: importing this module touches neither the disk nor a worker. */
const here = (): Vaults =>
  (vaults ??= createVaults({ derive: deriveInWorker, cost: KDF_COST, onReplaced: () => (isReplaced = true) }));

/** @throws NewerBuild whatever else went wrong, once a newer build has taken over */
async function on<T>(work: (vaults: Vaults) => Promise<T>): Promise<T> {
  try {
    return await work(here());
  } catch (cause) {
    throw isReplaced ? new NewerBuild('a newer build has taken over', { cause }) : cause;
  }
}

export const listSlots: Vaults['listSlots'] = () => on((all) => all.listSlots());
export const guestsElsewhere: Vaults['guestsElsewhere'] = () => on((all) => all.guestsElsewhere());
export const createSlot: Vaults['createSlot'] = (pin, stay) => on((all) => all.createSlot(pin, stay));
export const openVault: Vaults['openVault'] = (slotId, proof) => on((all) => all.openVault(slotId, proof));
export const addPasskey: Vaults['addPasskey'] = (slotId, pin, passkey, answer) =>
  on((all) => all.addPasskey(slotId, pin, passkey, answer));
export const removePasskey: Vaults['removePasskey'] = (slotId) => on((all) => all.removePasskey(slotId));
export const changePin: Vaults['changePin'] = (slotId, oldPin, newPin) =>
  on((all) => all.changePin(slotId, oldPin, newPin));
export const nameSlot: Vaults['nameSlot'] = (slotId, name) => on((all) => all.nameSlot(slotId, name));
export const checkPin: Vaults['checkPin'] = (slotId, pin) => on((all) => all.checkPin(slotId, pin));
export const destroySlot: Vaults['destroySlot'] = (slotId) => on((all) => all.destroySlot(slotId));
