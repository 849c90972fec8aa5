import type { MediaFile } from '$lib/domain/documents/course';
import { fetchRange, type Wanted } from './media-bytes';
import { MediaFailed } from './media-failed';
import type { Api } from './tokens';

export interface FileOptions {
  signal?: AbortSignal;
  /** Bytes of this file so far. */
  onBytes?: (bytes: number) => void;
}

type Bytes = Uint8Array<ArrayBuffer>;

/** Fetches one file in one go and checks its hash; a damaged one is fetched once more. */
export async function fetchFile(
  api: Api,
  { sha256, size }: Pick<MediaFile, 'sha256' | 'size'>,
  options: FileOptions = {}
): Promise<Bytes> {
  for (let tries = 0; tries < 2; tries += 1) {
    const body = await fetchBytes(api, { sha256, start: 0, end: size, whole: true }, options);
    if ((await hashOf(body)) === sha256) return body;
  }
  throw new MediaFailed('damaged', sha256);
}

/** Fetches bytes of a file as they are. */
export async function fetchBytes(api: Api, wanted: Wanted, { signal, onBytes }: FileOptions = {}): Promise<Bytes> {
  const body = new Uint8Array(wanted.end - wanted.start);
  let done = 0;
  for await (const chunk of fetchRange(api, wanted, signal)) {
    body.set(chunk, done);
    done += chunk.length;
    onBytes?.(done);
  }
  return body;
}

/** SHA-256, hex. */
export async function hashOf(body: Bytes): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', body);
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
