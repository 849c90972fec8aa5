export { gatherSeries, toSeries } from '$lib/domain/parcel/series';
export { startCarrier } from '$lib/sync/parcels/carrier';
export { parcelStatus } from '$lib/sync/parcels/deliver';
export { depositUnsent, isDeposited } from '$lib/sync/parcels/deposit';
export { CannotSeal, ParcelTooLarge } from '$lib/sync/parcels/problems';
export { loadSealing, sealUnsent } from '$lib/sync/parcels/unsent';
export {
  keepParcel,
  NoParcel,
  removeParcel,
  removeReply,
  removeSparesOf,
  wantReply,
  watchReplies,
  watchWaiting
} from '$lib/sync/parcels/waiting';

/** Sealing and asking for news, and opening them: who only carries needs neither. */
export const loadEntrusting = () => import('$lib/sync/parcels/entrust');
export const loadReceiving = () => import('$lib/sync/parcels/receive');
