export { gatherSeries, toSeries } from '$lib/domain/parcel/series';
export { startCarrier } from '$lib/sync/parcels/carrier';
export { parcelStatus } from '$lib/sync/parcels/deliver';
export { depositUnsent, isDeposited } from '$lib/sync/parcels/deposit';
export { CannotSeal, ParcelTooLarge } from '$lib/sync/parcels/problems';
export { loadSealing, sealUnsent } from '$lib/sync/parcels/unsent';
export { keepParcel, NoParcel, removeParcel, removeSparesOf, watchWaiting } from '$lib/sync/parcels/waiting';
