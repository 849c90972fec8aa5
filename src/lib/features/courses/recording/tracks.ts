import type { ChapterEntry } from '$lib/domain/documents/course';
import type { Store } from '$lib/store/types';

/** Captions of one language, as the address of a WebVTT file. */
export interface Captions {
  language: string;
  address: string;
}

/** Captions that are on this device, as addresses that have to be released. */
export async function captionsOf(store: Store, { captions = [] }: ChapterEntry): Promise<Captions[]> {
  const found = await Promise.all(
    captions.map(async ({ language, file }) => {
      const bytes = await store.piece(file.sha256);
      return bytes && { language, address: URL.createObjectURL(new Blob([bytes], { type: 'text/vtt' })) };
    })
  );
  return found.filter((track) => track !== undefined);
}
