import * as v from 'valibot';
import type { ChapterEntry } from '$lib/domain/documents/course';
import { packageDescriptor, type PackageDescriptor } from '$lib/domain/documents/package-descriptor';
import type { Store } from '$lib/store/types';

/** A chapter's package from this device, checked at the door: what is launched and which file stands where. */
export async function readDescriptor(
  store: Store,
  entry: ChapterEntry
): Promise<PackageDescriptor | 'missing' | 'broken'> {
  const bytes = await store.piece(entry.file.sha256).catch(() => undefined);
  if (!bytes) return 'missing';
  try {
    const descriptor = v.parse(packageDescriptor, JSON.parse(new TextDecoder().decode(bytes)));
    const known = new Set(entry.images.map(({ sha256 }) => sha256));
    return descriptor.files.every(({ sha256 }) => known.has(sha256)) ? descriptor : 'broken';
  } catch {
    return 'broken';
  }
}
