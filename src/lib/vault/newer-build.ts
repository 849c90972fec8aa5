import type { Dexie } from 'dexie';
import { NewerBuild } from './types';

/** What becomes of a database that several tabs have open, perhaps of different builds. */
export interface TabEvents {
  /** A newer build changes the tables, or has: this connection has ended, and the page has to be loaded again. */
  onReplaced?: () => void;
  /** This build wants to change the tables and waits for another tab that does not give way. */
  onBlocked?: () => void;
}

/** Dexie counts versions in tenths, so that it can add to a database without a new one. */
const versionOf = (native: number): number => Math.floor(native / 10);

/**
 * Keeps builds apart. The older one gives way at once and for good: it would write rows that the newer one does not
 * expect. For the same reason tables of a newer build are not opened, which Dexie would do.
 */
export function yieldToNewer(db: Dexie, { onReplaced, onBlocked }: TabEvents): void {
  const giveWay = (): void => {
    db.close();
    onReplaced?.();
  };
  db.on('versionchange', ({ newVersion }) => {
    if (newVersion === null) return undefined;
    giveWay();
    // Dexie would close as well, but open again with the next read.
    return false;
  });
  db.on('blocked', () => onBlocked?.());
  const refuseNewer = (): void => {
    if (versionOf(db.backendDB().version) <= db.verno) return;
    giveWay();
    throw new NewerBuild('a newer build has changed the tables');
  };
  db.on('ready', refuseNewer, true);
}
