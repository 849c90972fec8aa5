/** What waits does not fit into one parcel. */
export class ParcelTooLarge extends Error {}

/** A document names a file that the server does not have, and no parcel carries files. */
export class FileWaits extends ParcelTooLarge {}

/** This place cannot seal: its device has not been registered with the server yet. */
export class CannotSeal extends Error {}
