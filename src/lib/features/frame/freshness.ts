import type { Counts } from '$lib/store/store-api';
import type { SyncStatus } from '$lib/sync/types';
import { ago } from '$lib/ui';
import { m } from '$lib/paraglide/messages';

/** What the freshness chip says, with the sign that says it as well. */
export interface Freshness {
  words: string;
  sign: 'fresh' | 'moving' | 'waiting' | 'offline' | 'attention';
}

/** The truth about this device and the server, the most important part first. */
export function freshnessOf(status: SyncStatus, counts: Counts): Freshness {
  if (status.phase === 'too-old') return { words: m.sync_chip_too_old(), sign: 'attention' };
  if (status.phase === 'server-old') return { words: m.sync_chip_server_old(), sign: 'waiting' };
  if (status.phase === 'signed-out') return { words: m.sync_chip_signed_out(), sign: 'attention' };
  if (status.phase === 'full') return { words: m.sync_chip_full(), sign: 'attention' };
  if (counts.refused > 0) return { words: m.sync_chip_refused({ count: counts.refused }), sign: 'attention' };
  if (status.phase === 'moving') return { words: m.sync_chip_moving(), sign: 'moving' };
  if (counts.waiting > 0) return { words: m.sync_chip_waiting({ count: counts.waiting }), sign: 'waiting' };
  const fresh = status.freshAt > 0 ? ago(status.freshAt) : '';
  if (status.phase === 'offline')
    return { words: fresh ? m.sync_chip_offline({ time: fresh }) : m.sync_chip_offline_never(), sign: 'offline' };
  return fresh
    ? { words: m.sync_chip_fresh({ time: fresh }), sign: 'fresh' }
    : { words: m.sync_chip_starting(), sign: 'moving' };
}
