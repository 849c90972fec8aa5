import type { ParcelRefusal } from '$lib/domain/parcel/api';
import { m } from '$lib/paraglide/messages';

/** Why the server would not take a parcel, in words. */
export function refusalWords(reason: ParcelRefusal): string {
  const words: Record<ParcelRefusal, () => string> = {
    'not-a-parcel': m.parcel_refused_not_a_parcel,
    newer: m.parcel_refused_newer,
    damaged: m.parcel_refused_damaged,
    'too-large': m.parcel_refused_too_large,
    foreign: m.parcel_refused_foreign,
    'unknown-device': m.parcel_refused_unknown_device,
    forged: m.parcel_refused_forged,
    'lost-device': m.parcel_refused_lost_device
  };
  return words[reason]();
}
