import http from 'node:http';
import https from 'node:https';
import { Readable } from 'node:stream';
import { Answer } from './answer.ts';

/**
 * How long an unused connection is kept, ms. It is shorter than what CouchDB and what may stand before it keep, so that
 * no request meets a connection that is just being closed.
 */
const KEEP = 4_000;

/**
 * Connections for short requests; more wait here. Thousands at once overflow what a busy database has waiting at its
 * door (511 is Node's own limit), and the system resets them.
 */
const SHORT_MAX = 256;

const OPTIONS = { keepAlive: true, timeout: KEEP };
const SHORT = { ...OPTIONS, maxSockets: SHORT_MAX };
const PLAIN = { request: http.request, short: new http.Agent(SHORT), long: new http.Agent(OPTIONS) };
const SECURE = { request: https.request, short: new https.Agent(SHORT), long: new https.Agent(OPTIONS) };

/** CouchDB did not answer; `cause` is what the connection said, or the body that was on its way. */
export class Unreachable extends Error {}

/** A request; one whose body is a stream cannot be repeated. */
export interface CouchRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Readable;
  /** Of a request that may take as long as a device or a feed does; without one it is taken as short. */
  signal?: AbortSignal;
}

/**
 * One exchange over a connection that is kept open. `fetch` costs the processor three times as much: its streams and
 * checks, made for browsers, are most of what a short exchange with the database takes.
 */
export function exchange(url: string, { body, headers, ...options }: CouchRequest): Promise<Answer> {
  const { request, short, long } = url.startsWith('https:') ? SECURE : PLAIN;
  const agent = options.signal ? long : short;
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
