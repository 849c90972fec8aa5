import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { SYNC_TYPE } from '../../../src/lib/domain/sync-protocol.ts';
import { chooseCoding, makeEncoder, type Encoder } from '../coding.ts';
import type { Room } from './room.ts';
import { gather, packed } from './whole.ts';

/** The answer's stream: what is written arrives in whole blocks, as fast as the device takes them. */
interface Out {
  stream: Readable;
  /** Resolves when the block is on its way and there is room for more. */
  write(text: string): Promise<void>;
  end(): void;
  fail(error: Error): void;
}

function plainOut(): Out {
  const stream = new PassThrough();
  return {
    stream,
    async write(text) {
      if (!stream.write(text)) await once(stream, 'drain');
    },
    end: () => stream.end(),
    fail: (error) => stream.destroy(error)
  };
}

/** After each block the encoder gives out all it holds; a slow device holds up the flush, and that holds up reading. */
function encodedOut({ stream, flushKind }: Encoder): Out {
  return {
    stream,
    write: (text) =>
      new Promise((resolve) => {
        stream.once('close', resolve);
        stream.write(text);
        stream.flush(flushKind, () => {
          stream.off('close', resolve);
          resolve();
        });
      }),
    end: () => stream.end(),
    fail: (error) => stream.destroy(error)
  };
}

/** An answer of a row or two, whole. */
export function sendSmall(reply: FastifyReply, text: string): FastifyReply {
  return reply.header('content-type', SYNC_TYPE).send(text);
}

/**
 * Sends blocks, compressed as the device allows: a short answer whole, a long one as a stream, block by block as they
 * come, as long as there is room. Throws what goes wrong before the first block; later an error cuts the connection:
 * the device sees that the last row is missing and comes again with its checkpoints.
 */
export async function sendStream(
  reply: FastifyReply,
  blocks: AsyncGenerator<string>,
  signal: AbortSignal,
  acceptEncoding: string | undefined,
  room: Room
): Promise<FastifyReply> {
  const head = await gather(blocks);
  const coding = chooseCoding(acceptEncoding);
  const leave = head.whole ? undefined : room.enter();
  reply.header('content-type', SYNC_TYPE).header('vary', 'accept-encoding');
  if (coding) reply.header('content-encoding', coding);
  if (head.whole) return reply.send(coding ? packed(coding, head.text) : head.text);
  const out = coding ? encodedOut(makeEncoder(coding)) : plainOut();
  out.stream.once('close', () => leave?.());
  const pump = async (): Promise<void> => {
    await out.write(head.text);
    if (head.error !== undefined) throw head.error;
    for await (const block of blocks) {
      if (signal.aborted) return;
      await out.write(block);
    }
    out.end();
  };
  pump().catch((error: unknown) => out.fail(error instanceof Error ? error : new Error(String(error))));
  return reply.send(out.stream);
}
