import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { FastifyInstance } from 'fastify';
import { parseRange } from '../../src/lib/domain/byte-range.ts';
import type { MediaStore } from '../media/types.ts';
import { notFound, Problem } from './problem.ts';

export interface MediaParts {
  media: MediaStore;
}

/**
 * `GET`/`HEAD /media/<sha256>` for everyone signed in. The name is the content, so the tag never changes; still nothing
 * is stored by HTTP caches, because they are not encrypted. Type and name of a file stand in the documents that name it.
 */
export async function mediaRoutes(app: FastifyInstance, { media }: MediaParts): Promise<void> {
  app.route<{ Params: { sha256: string } }>({
    method: ['GET', 'HEAD'],
    url: '/media/:sha256',
    exposeHeadRoute: false,
    config: { guard: { resource: 'media' } },
    handler: async (request, reply) => {
      const { sha256 } = request.params;
      if (!/^[0-9a-f]{64}$/.test(sha256)) throw notFound('There is no such file.');
      const etag = `"${sha256}"`;
      const whole = await media.open(sha256);
      if (!whole) throw notFound('There is no such file.');
      reply.headers({ etag, 'accept-ranges': 'bytes', 'content-type': 'application/octet-stream' });
      if (request.headers['if-none-match']?.includes(etag)) return reply.code(304).send();
      const stale = request.headers['if-range'] !== undefined && request.headers['if-range'] !== etag;
      const range = parseRange(stale ? undefined : request.headers.range, whole.size);
      if (range === 'unsatisfiable') {
        reply.header('content-range', `bytes */${whole.size}`);
        throw new Problem(416, 'range', 'The file is shorter than that.');
      }
      const part = range === 'whole' ? { start: 0, end: whole.size } : range;
      if (range !== 'whole') {
        reply.code(206).header('content-range', `bytes ${part.start}-${part.end - 1}/${whole.size}`);
      }
      reply.header('content-length', part.end - part.start);
      if (request.method === 'HEAD') return reply.send();
      const opened = range === 'whole' ? whole : await media.open(sha256, part);
      if (!opened) throw notFound('There is no such file.');
      return reply.send(Readable.fromWeb(opened.stream as ReadableStream));
    }
  });
}
