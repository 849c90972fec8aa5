/** What waits does not fit into one parcel. */
export class ParcelTooLarge extends Error {}

/** This place cannot seal: its device has not been registered with the server yet. */
export class CannotSeal extends Error {}
