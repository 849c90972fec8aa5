import http from 'node:http';
import https from 'node:https';
import { Readable } from 'node:stream';
import { Answer } from './answer.ts';

/**
 * How long an unused connection is kept, ms. It is shorter than what CouchDB and what may stand before it keep, so that
 * no request meets a connection that is just being closed.
 */
const KEEP = 4_000;

const OPTIONS = { keepAlive: true, timeout: KEEP };
const PLAIN = { request: http.request, agent: new http.Agent(OPTIONS) };
const SECURE = { request: https.request, agent: new https.Agent(OPTIONS) };

/** CouchDB did not answer; `cause` is what the connection said, or the body that was on its way. */
export class Unreachable extends Error {}

/** A request; one whose body is a stream cannot be repeated. */
export interface CouchRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Readable;
  signal?: AbortSignal;
}

/**
 * One exchange over a connection that is kept open. `fetch` costs the processor three times as much: its streams and
 * checks, made for browsers, are most of what a short exchange with the database takes.
 */
export function exchange(url: string, { body, headers, ...options }: CouchRequest): Promise<Answer> {
  const { request, agent } = url.startsWith('https:') ? SECURE : PLAIN;
  const length = typeof body === 'string' ? { 'content-length': Buffer.byteLength(body) } : {};
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { ...options, agent, headers: { ...headers, ...length } });
    outgoing
      .on('response', (message) => resolve(new Answer(message.statusCode ?? 0, message.headers, message)))
      .on('error', (cause) => reject(new Unreachable(cause.message, { cause })));
    if (!(body instanceof Readable)) return void outgoing.end(body);
    body.on('error', (error) => outgoing.destroy(error)).pipe(outgoing);
  });
}
