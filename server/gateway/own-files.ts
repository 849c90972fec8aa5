import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  OWN_FILE_LIMIT,
  OWN_FILES_QUOTA,
  typeOfContent,
  UPLOAD_PIECE,
  type UploadAnswer
} from '../../src/lib/domain/own-files.ts';
import { sha256Of } from '../media/files.ts';
import type { OwnFiles } from '../own-files/index.ts';
import type { Parts } from '../own-files/parts.ts';
import type { Authenticate } from './identity.ts';
import { badRequest, notFound, Problem, tooLarge } from './problem.ts';

export interface OwnFileParts {
  files: OwnFiles;
  parts: Parts;
  authenticate: Authenticate;
}

type Named = FastifyRequest<{ Params: { sha256: string } }>;

function nameOf({ params }: Named): string {
  if (!/^[0-9a-f]{64}$/.test(params.sha256)) throw notFound('There is no such file.');
  return params.sha256;
}

/** `bytes first-last/size` of the piece that is in the body. */
function rangeOf({ headers, body }: Named): { at: number; size: number; piece: Uint8Array } {
  const [, first, last, size] = /^bytes (\d{1,10})-(\d{1,10})\/(\d{1,10})$/.exec(headers['content-range'] ?? '') ?? [];
  const piece = Buffer.isBuffer(body) ? new Uint8Array(body) : undefined;
  const [at, total] = [Number(first), Number(size)];
  if (!piece || first === undefined || Number(last) + 1 - at !== piece.length || Number(last) >= total)
    throw badRequest('The body is not the piece that Content-Range says.');
  if (total > OWN_FILE_LIMIT) throw tooLarge(`A file has at most ${OWN_FILE_LIMIT} bytes.`);
  return { at, size: total, piece };
}

/**
 * `PUT /files/<sha256>` takes a person's own file, piece by piece, and says how much is here; `GET` gives it back to her
 * alone. A file is kept when it is whole and is what its name says; then sending it again changes nothing.
 */
export async function ownFileRoutes(app: FastifyInstance, { files, parts, authenticate }: OwnFileParts): Promise<void> {
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body)
  );

  async function keep(person: string, sha256: string): Promise<UploadAnswer> {
    const body = await parts.read(person, sha256);
    const type = typeOfContent(body);
    if (sha256Of(body) !== sha256 || type === undefined) {
      await parts.drop(person, sha256);
      if (type === undefined) throw new Problem(415, 'file-type', 'Files of this kind are not taken.');
      throw new Problem(422, 'file-damaged', 'The file is not what its name says; send it again.');
    }
    if ((await files.used(person)) + body.length > OWN_FILES_QUOTA) {
      await parts.drop(person, sha256);
      throw new Problem(413, 'quota', 'There is no room for more files of this person.');
    }
    await files.keep(person, body, type);
    await parts.drop(person, sha256);
    return { received: body.length, whole: true };
  }

  app.put<{ Params: { sha256: string } }>(
    '/files/:sha256',
    { bodyLimit: UPLOAD_PIECE, config: { guard: { resource: 'own-files' } } },
    async (request): Promise<UploadAnswer> => {
      const { person } = await authenticate(request);
      const sha256 = nameOf(request);
      const { at, size, piece } = rangeOf(request);
      const whole = await files.find(person, sha256);
      if (whole) return { received: whole.size, whole: true };
      const received = await parts.append(person, sha256, at, piece);
      return received >= size ? keep(person, sha256) : { received, whole: false };
    }
  );

  app.get<{ Params: { sha256: string } }>(
    '/files/:sha256',
    { exposeHeadRoute: false, config: { guard: { resource: 'own-files' } } },
    async (request, reply) => {
      const { person } = await authenticate(request);
      const sha256 = nameOf(request);
      const found = await files.find(person, sha256);
      const opened = found && (await files.open(sha256));
      if (!opened) throw notFound('There is no such file.');
      reply.headers({
        ...{ 'content-type': 'application/octet-stream', 'content-length': opened.size },
        'content-disposition': 'attachment'
      });
      return reply.send(Readable.fromWeb(opened.stream as ReadableStream));
    }
  );
}
