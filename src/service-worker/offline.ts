import { parseRange } from '$lib/domain/byte-range';
import { contentOf, readRange } from '$lib/store/long-file';
import { openFiles, type Files } from './media-files';

/** What may be played or shown from an address. A page or a script is never one of them. */
const TYPES = /^(audio|video|image|font)\/[\w.+-]{1,80}$|^(application\/pdf|text\/vtt)$/;
const NOT_THESE = /svg|xml/;

const typeOf = (wanted: string): string =>
  TYPES.test(wanted) && !NOT_THESE.test(wanted) ? wanted : 'application/octet-stream';

/**
 * Answers with a file of a course from its sealed pieces, all of it or the range that is asked for (RFC 9110 §14).
 * Nothing of the answer may be stored: it is not encrypted.
 */
export async function offlineFile(
  sha256: string,
  type: string,
  range: string | null,
  open: () => Promise<Files | undefined> = openFiles
): Promise<Response> {
  const files = await open();
  const content = files && (await contentOf(files.get, sha256).catch(() => undefined));
  if (!content) {
    files?.close();
    return answer(404, {});
  }
  const { size } = content instanceof Uint8Array ? { size: content.length } : content;
  const part = parseRange(range, size);
  if (part === 'unsatisfiable') {
    files.close();
    return answer(416, { 'content-range': `bytes */${size}` });
  }
  const { start, end } = part === 'whole' ? { start: 0, end: size } : part;
  const headers = {
    'content-type': typeOf(type),
    'content-length': String(end - start),
    'accept-ranges': 'bytes',
    ...(part !== 'whole' && { 'content-range': `bytes ${start}-${end - 1}/${size}` })
  };
  const status = part === 'whole' ? 200 : 206;
  if (!(content instanceof Uint8Array)) {
    return answer(status, headers, streamOf(readRange(files.get, content, { start, end }), files));
  }
  files.close();
  return answer(status, headers, content.slice(start, end));
}

const answer = (status: number, headers: Record<string, string>, body?: BodyInit): Response =>
  new Response(body, {
    status,
    headers: {
      ...headers,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox"
    }
  });

/** Opens the next piece only when the page has taken the one before. */
function streamOf(pieces: AsyncGenerator<Uint8Array<ArrayBuffer>, void>, files: Files): ReadableStream<Uint8Array> {
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { done, value } = await pieces.next();
          if (!done) return controller.enqueue(value);
          controller.close();
        } catch (error) {
          controller.error(error);
        }
        files.close();
      },
      async cancel() {
        await pieces.return();
        files.close();
      }
    },
    { highWaterMark: 0 }
  );
}
