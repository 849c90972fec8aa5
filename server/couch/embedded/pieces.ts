import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** Text of a JSON answer as it is made; the last of it is returned. */
export type Pieces = AsyncGenerator<string, string>;

/** Length of a piece that is worth sending on its own, in characters. */
export const PIECE = 64 << 10;

async function* from(piece: IteratorResult<string, string>, pieces: Pieces): AsyncGenerator<string> {
  for (let next = piece; ; next = await pieces.next()) {
    yield next.value;
    if (next.done) return;
  }
}

/** Sends an answer: whole when it is made in one piece, as most are, because a stream costs more than a short answer. */
export async function sendPieces(reply: FastifyReply, pieces: Pieces): Promise<FastifyReply> {
  const first = await pieces.next();
  return reply.type('application/json').send(first.done ? first.value : Readable.from(from(first, pieces)));
}
