export { startCarrier } from '$lib/sync/parcels/carrier';
export { parcelStatus } from '$lib/sync/parcels/deliver';
export { depositUnsent, isDeposited } from '$lib/sync/parcels/deposit';
export { ParcelTooLarge } from '$lib/sync/parcels/seal';
export { CannotSeal, sealUnsent } from '$lib/sync/parcels/unsent';
export { keepParcel, NoParcel, removeParcel, watchWaiting } from '$lib/sync/parcels/waiting';
