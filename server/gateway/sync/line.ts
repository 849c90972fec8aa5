import type { SyncRow } from '../../../src/lib/domain/sync-protocol.ts';

/** One JSON line of the answer. */
export const line = (row: SyncRow): string => `${JSON.stringify(row)}\n`;
