import type { Link, WireFault } from './link.ts';
import type { Runner } from './runner.ts';

/** A tab on the wire. */
export interface Traveller extends Runner {
  readonly link: Link;
  /** Called with every answer. */
  heard(path: string, status: number): void;
}

const real = globalThis.fetch;
const travellers = new Map<string, Traveller>();
let server = '';
let tabs = 0;

/** Where the server listens. */
export const setServer = (base: string): void => void (server = base);

/** An address of its own for a tab: what it asks there goes over the link of its device. */
export function addressOf(tab: Traveller): string {
  const host = `tab-${++tabs}.invalid`;
  travellers.set(host, tab);
  return `http://${host}`;
}

/** Nobody speaks under this address any more. */
export const forgetAddress = (base: string): void => void travellers.delete(new URL(base).host);

/** Puts the links under `fetch`, for as long as this process lives. */
export function installWire(): void {
  globalThis.fetch = (input, init = {}) => {
    const url = URL.canParse(String(input)) ? new URL(String(input)) : undefined;
    const tab = url && travellers.get(url.host);
    if (url?.host.endsWith('.invalid') && !tab) return new Promise(() => undefined);
    return url && tab ? travel(tab, url.pathname + url.search, init) : real(input, init);
  };
}

const broken = (): TypeError => new TypeError('Failed to fetch');

/** A request of a tab. A dead tab never hears of it again. */
async function travel(tab: Traveller, path: string, init: RequestInit): Promise<Response> {
  const never = new Promise<never>(() => undefined);
  if (tab.dead) return never;
  try {
    const answer = await go(tab, path, init);
    return tab.dead ? await never : answer;
  } catch (error) {
    if (tab.dead) return never;
    throw error;
  }
}

async function go(tab: Traveller, path: string, init: RequestInit): Promise<Response> {
  const { link } = tab;
  if (init.signal?.aborted) throw new DOMException('aborted', 'AbortError');
  if (link.isDown) throw broken();
  const fault = link.take(path);
  const flight = link.fly(tab);
  const signal = init.signal ? AbortSignal.any([init.signal, flight]) : flight;
  const headers = new Headers(init.headers);
  headers.set('x-forwarded-for', link.address);
  const send = (change: RequestInit = {}) => real(server + path, { ...init, headers, signal, ...change });
  try {
    const answer = await suffer(fault, link, send, init, signal);
    tab.heard(path, answer.status);
    link.note(`${path.slice(0, 60)} ${answer.status} ${fault?.kind ?? ''}`);
    return answer;
  } catch (error) {
    link.note(`${path.slice(0, 60)} broke ${fault?.kind ?? ''}`);
    throw flight.aborted ? broken() : error;
  }
}

/** Resolves when the link lets go what it holds; rejects when the request is cut. */
const held = (link: Link, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    link.hold(resolve);
    signal.addEventListener('abort', () => reject(broken()));
  });

async function suffer(
  fault: WireFault | undefined,
  link: Link,
  send: (change?: RequestInit) => Promise<Response>,
  init: RequestInit,
  signal: AbortSignal
): Promise<Response> {
  switch (fault?.kind) {
    case undefined:
      return send();
    case 'refused':
      throw broken();
    case 'status':
      return told(fault.status);
    case 'answer-lost':
      await (await send()).arrayBuffer();
      throw broken();
    case 'late':
      link.hold(() => void send({ signal: null }).then(drain, () => undefined));
      throw broken();
    case 'cut-request':
      await send(half(init)).then(drain, () => undefined);
      throw broken();
    case 'slow-request':
      await held(link, signal);
      return send();
    case 'slow-answer': {
      const answer = await send();
      await held(link, signal);
      return answer;
    }
    case 'cut-answer':
      return cutShort(await send(), fault.part);
    case 'twice': {
      const both = [send(), send()] as const;
      const [first, second] = fault.second ? [both[1], both[0]] : both;
      second.then(drain, () => undefined);
      return first;
    }
  }
}

const drain = (answer: Response): Promise<unknown> => answer.arrayBuffer().catch(() => undefined);

/** An answer that did not come from the server: a proxy on the way, or a server in trouble. */
function told(status: number): Response {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (status === 429 || status === 503) headers['retry-after'] = '1';
  return new Response(JSON.stringify({ code: 'fault', message: 'the suite wants it' }), { status, headers });
}

/** The request with a body that breaks off in the middle. */
function half(init: RequestInit): RequestInit {
  const text = typeof init.body === 'string' ? init.body : '';
  const bytes = new TextEncoder().encode(text.slice(0, text.length / 2));
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes);
      setImmediate(() => controller.error(broken()));
    }
  });
  return { ...(init.method === 'POST' && { body }), duplex: 'half' } as RequestInit;
}

/** The answer up to a part (0 to 1) of its body, then nothing. */
async function cutShort(answer: Response, part: number): Promise<Response> {
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes.slice(0, Math.floor(bytes.length * part)));
    },
    pull: (controller) => controller.error(broken())
  });
  return new Response(body, { status: answer.status });
}
