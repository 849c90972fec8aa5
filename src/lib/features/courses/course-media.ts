import { assertChapter, type Chapter } from '$lib/domain/documents/chapter';
import type { ChapterEntry, Course, MediaFile } from '$lib/domain/documents/course';
import type { Store } from '$lib/store/types';

/** The chapter from this device, checked again at the door; undefined when it is not here. */
export const readChapter = (store: Store, entry: ChapterEntry): Promise<Chapter | undefined> =>
  readTree(store, entry.file);

/** A text as a tree, of a chapter or of what belongs to one; as `readChapter`. */
export async function readTree(store: Store, file: MediaFile): Promise<Chapter | undefined> {
  const bytes = await store.piece(file.sha256);
  if (!bytes) return undefined;
  const chapter: unknown = JSON.parse(new TextDecoder().decode(bytes));
  assertChapter(chapter);
  return chapter;
}

/** Pictures of one page: addresses made from sealed pieces, released together. */
export function pictures(store: Store, course: Course) {
  const types = new Map(
    course.chapters.flatMap((chapter) => chapter.images.map((image) => [image.sha256, image.type]))
  );
  const made: string[] = [];
  return {
    async address(sha256: string): Promise<string | undefined> {
      const bytes = await store.piece(sha256);
      if (!bytes) return undefined;
      const address = URL.createObjectURL(new Blob([bytes], { type: types.get(sha256) ?? 'application/octet-stream' }));
      made.push(address);
      return address;
    },
    release: () => made.splice(0).forEach((address) => URL.revokeObjectURL(address))
  };
}
