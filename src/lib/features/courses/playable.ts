import { inQuality } from '$lib/domain/documents/course-files';
import type { ChapterEntry, MediaFile } from '$lib/domain/documents/course';
import type { Store } from '$lib/store/types';

/**
 * The address of a course file on this device, for players and viewers that read ranges: the service worker answers it
 * from the sealed pieces, with or without a signal, and never from the network.
 */
export const playableAddress = ({ sha256, type }: Pick<MediaFile, 'sha256' | 'type'>): string =>
  `/offline/${sha256}?type=${encodeURIComponent(type)}`;

/** The best recording of a chapter that is whole on this device; undefined when none is. */
export async function recordingHere(
  store: Pick<Store, 'hasPieces'>,
  chapter: ChapterEntry
): Promise<MediaFile | undefined> {
  const [named = chapter] = inQuality({ chapters: [chapter] }, 'high').chapters;
  const files = named.variants?.map(({ file }) => file).toReversed() ?? [chapter.file];
  const here = await store.hasPieces(files.map(({ sha256 }) => sha256));
  return files.find(({ sha256 }) => here.has(sha256));
}
