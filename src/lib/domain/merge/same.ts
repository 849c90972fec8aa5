import { canonical } from './canonical.ts';

/** Whether two documents say the same, whatever the order of their keys and the revision they carry. */
export const sameDocument = (a: object, b: object): boolean => canonical(a) === canonical(b);
