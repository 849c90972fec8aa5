import { CATALOGUE, channelDatabase, directoryDatabase } from '$lib/domain/databases';
import type { Membership } from '$lib/domain/documents/record';
import { OWN, type FreshSources } from '$lib/sync/fresh';
import { sourcesOf } from '$lib/sync/shared-lane/sources';
import { m } from '$lib/paraglide/messages';

/** A source in words, and when everything new in it had arrived; 0 when it never has. */
export interface SourceLine {
  source: string;
  title: string;
  at: number;
}

/** What a person follows, her own first, then in the order in which it is fetched. */
export function sourceLines(membership: Membership | undefined, fresh: FreshSources): SourceLine[] {
  const titles = new Map<string, string>([[OWN, m.sync_source_own()]]);
  if (membership) {
    titles.set(CATALOGUE, m.sync_source_catalogue());
    titles.set(directoryDatabase(membership.agency), m.sync_source_directory());
    for (const { id, title } of membership.channels) titles.set(channelDatabase(id), title);
  }
  const sources = [OWN, ...(membership ? sourcesOf(membership) : [])];
  return sources.map((source) => ({ source, title: titles.get(source) ?? source, at: fresh[source] ?? 0 }));
}
