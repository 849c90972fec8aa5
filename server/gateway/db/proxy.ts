import { text } from 'node:stream/consumers';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Unreachable, type CouchRequest } from '../../couch/http.ts';
import type { Couch } from '../../couch/types.ts';
import { chooseCoding, makeEncoder } from '../coding.ts';
import { Problem, unavailable } from '../problem.ts';
import { BODY_LIMIT, limitedBody } from './body.ts';

/** Bodies up to this size are collected, so that the connection to CouchDB can repeat them; longer ones stream. */
const COLLECT = 64 * 1024;

/** Answers below this size are not worth compressing, bytes. */
const COMPRESS_FROM = 1_000;

/** Aborts when the client has gone away before its answer was whole. */
export function abortOnClose(reply: FastifyReply): AbortSignal {
  const abort = new AbortController();
  reply.raw.on('close', () => {
    if (!reply.raw.writableFinished) abort.abort();
  });
  return abort.signal;
}

async function bodyOf(request: FastifyRequest): Promise<Pick<CouchRequest, 'body'>> {
  const stream = limitedBody(request);
  if (!stream) return {};
  const length = Number(request.headers['content-length'] ?? BODY_LIMIT);
  return { body: length > COLLECT ? stream : await text(stream) };
}

/**
 * Passes one request to CouchDB as role `gateway` and its answer back. Headers are not filtered but chosen: what is not
 * named here (cookies, hop-by-hop headers, tokens, cache validators, the server's name) goes neither way.
 */
export async function proxy(request: FastifyRequest, reply: FastifyReply, couch: Couch, path: string): Promise<void> {
  const headers: Record<string, string> = { accept: 'application/json' };
  const match = request.headers['if-match'];
  if (match) headers['if-match'] = match;
  const body = await bodyOf(request);
  if (body.body) headers['content-type'] = 'application/json';
  const signal = abortOnClose(reply);
  const init: CouchRequest = { method: request.method, headers, signal, ...body };
  const answer = await couch.fetch('gateway', path, init).catch((error: unknown) => {
    // A body over the limit ends its request.
    throw error instanceof Unreachable && error.cause instanceof Problem
      ? error.cause
      : unavailable('The database is away.');
  });
  // That CouchDB does not know the gateway is no concern of the client, who would sign in again.
  if (answer.status === 401) {
    answer.discard();
    throw unavailable('The database does not know the gateway.');
  }
  reply.code(answer.status).header('content-type', answer.headers['content-type'] ?? 'application/json');
  if (request.method === 'HEAD') {
    answer.stream.resume();
    return reply.send();
  }
  const { stream } = answer;
  const live = /[?&]feed=longpoll/.test(path);
  const small = Number(answer.headers['content-length'] ?? COMPRESS_FROM) < COMPRESS_FROM;
  const coding = live || small ? undefined : chooseCoding(request.headers['accept-encoding']);
  if (!coding) return reply.send(stream);
  const { stream: encoder } = makeEncoder(coding);
  stream.on('error', (error) => encoder.destroy(error));
  encoder.on('close', () => stream.destroy());
  reply.header('content-encoding', coding).header('vary', 'accept-encoding');
  return reply.send(stream.pipe(encoder));
}
