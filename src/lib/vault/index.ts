import { deriveInWorker, KDF_COST } from './kdf';
import { createVaults, type Vaults } from './vault';

export { LABELS } from './vault';
export { pinProblem, type PinProblem } from './pin';
export { trustedScriptUrl } from './trusted-url';
export { PinRefused, VaultLocked, type OpenVault, type Slot } from './types';

let vaults: Vaults | undefined;

/** Made on first use: importing this module touches neither the disk nor a worker. */
const here = (): Vaults => (vaults ??= createVaults({ derive: deriveInWorker, cost: KDF_COST }));

export const listSlots: Vaults['listSlots'] = () => here().listSlots();
export const createSlot: Vaults['createSlot'] = (pin) => here().createSlot(pin);
export const openVault: Vaults['openVault'] = (slotId, pin) => here().openVault(slotId, pin);
export const changePin: Vaults['changePin'] = (slotId, oldPin, newPin) => here().changePin(slotId, oldPin, newPin);
export const destroySlot: Vaults['destroySlot'] = (slotId) => here().destroySlot(slotId);
