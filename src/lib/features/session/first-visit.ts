const KEY = 'smartasn-visited';

/**
 * Nobody has had a place on this browser yet, as far as it remembers: then the sign-in screen need not wait for the
 * list of places, which on a slow link comes seconds later. Should there be places after all, they are shown then.
 */
export const isFirstVisit = localStorage.getItem(KEY) === null;

/** From now on this browser starts by looking for places. */
export const rememberVisit = (): void => localStorage.setItem(KEY, '1');
