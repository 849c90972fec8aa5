import { kioskHere } from '../kiosk/kiosk.svelte';

/** Whether passkeys are offered: where the browser knows them, and nobody else uses the device's finger or PIN. */
export const offersPasskeys = (): boolean => !kioskHere.current && typeof PublicKeyCredential === 'function';
