import type { MediaFile } from '$lib/domain/documents/course';
import { failureOf, SyncFailure } from './failure';
import { MediaFailed } from './media-failed';
import { readChunks, sleep } from './patience';
import type { Api } from './tokens';

export interface FileOptions {
  signal?: AbortSignal;
  /** Bytes of this file so far. */
  onBytes?: (bytes: number) => void;
}

/** Cuts in a row without a single new byte before the link counts as gone. */
const CUTS = 3;

/** Longest time that the server may ask to wait, s: afterwards the person decides. */
const WAIT = 60;

/**
 * Fetches one file and checks its hash; a damaged one is fetched once more. A cut in the middle costs nothing: the rest
 * is asked for by range, so a large file also comes through a link that breaks every few seconds.
 */
export async function fetchFile(
  api: Api,
  file: MediaFile,
  options: FileOptions = {}
): Promise<Uint8Array<ArrayBuffer>> {
  for (let tries = 0; tries < 2; tries += 1) {
    const body = await fetchBytes(api, file, options);
    if ((await hashOf(body)) === file.sha256) return body;
  }
  throw new MediaFailed('damaged', file.sha256);
}

async function fetchBytes(
  api: Api,
  { sha256, size }: MediaFile,
  { signal, onBytes }: FileOptions
): Promise<Uint8Array<ArrayBuffer>> {
  const body = new Uint8Array(size);
  let done = 0;
  for (let cuts = 0; ;) {
    const before = done;
    try {
      const headers = new Headers(done > 0 ? { range: `bytes=${done}-` } : {});
      const response = await api.fetch(`/media/${sha256}`, { headers, signal });
      if (response.status === 404) throw new MediaFailed('missing', sha256);
      const failure = failureOf(response);
      if (failure) throw failure;
      if (response.status !== 206) done = 0;
      for await (const chunk of readChunks(response, { signal })) {
        // More bytes than the course says: not the file it names.
        if (done + chunk.length > size) throw new MediaFailed('damaged', sha256);
        body.set(chunk, done);
        done += chunk.length;
        onBytes?.(done);
      }
      if (done === size) return body;
      throw new SyncFailure('offline');
    } catch (error) {
      if (!(error instanceof SyncFailure)) throw error;
      const { code, retryAfter } = error;
      const mayWait = code === 'server' && retryAfter > 0 && retryAfter <= WAIT;
      if (code !== 'offline' && !mayWait) throw error;
      cuts = done > before ? 0 : cuts + 1;
      if (cuts >= CUTS) throw error;
      if (mayWait) await sleep(retryAfter * 1000, signal ?? new AbortController().signal);
    }
  }
}

async function hashOf(body: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', body);
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
