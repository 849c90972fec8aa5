import { CATALOGUE, channelDatabase, directoryDatabase } from '$lib/domain/databases';
import type { ChannelLink, Membership } from '$lib/domain/documents/record';

const ORDER: ChannelLink['kind'][] = ['unit', 'agency', 'national', 'community'];

/** Shared databases that a person follows, in the order in which her screens need them. */
export function sourcesOf(membership: Membership): string[] {
  const channels = [...membership.channels].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  return [...channels.map(({ id }) => channelDatabase(id)), CATALOGUE, directoryDatabase(membership.agency)];
}
