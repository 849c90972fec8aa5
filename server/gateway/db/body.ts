import { Transform } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { tooLarge } from '../problem.ts';

/** Largest request body that goes to CouchDB, bytes; its own limit for a document is the same. */
export const BODY_LIMIT = 8 * 1024 * 1024;

const refuse = () => tooLarge(`A request may have ${BODY_LIMIT} bytes.`);

/** Bodies of these routes are streams: they are never parsed here. */
export function keepBodiesRaw(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
}

/**
 * The body as a stream that fails with 413 once it is longer than the limit; undefined when there is none. What the
 * client declares is checked first, what it sends is counted.
 */
export function limitedBody(request: FastifyRequest): Transform | undefined {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > BODY_LIMIT) throw refuse();
  if (!declared && !request.headers['transfer-encoding']) return undefined;
  let length = 0;
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      length += chunk.length;
      if (length > BODY_LIMIT) done(refuse());
      else done(null, chunk);
    }
  });
  // Whoever reads it hears of its end; without a reader (CouchDB answered early) it is nobody's concern.
  counter.on('error', () => undefined);
  request.raw.on('error', (error) => counter.destroy(error));
  request.raw.on('close', () => {
    if (!request.raw.complete) counter.destroy(new Error('The client went away.'));
  });
  return request.raw.pipe(counter);
}
