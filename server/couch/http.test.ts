import { once } from 'node:events';
import http from 'node:http';
import { text } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { expect, onTestFinished, test, vi } from 'vitest';
import { isRefused } from './endpoint.ts';
import { exchange, Unreachable } from './http.ts';

/** A server that answers like this; the addresses of its clients are noted. */
async function serve(answer: http.RequestListener) {
  const ports = new Set<number | undefined>();
  const server = http.createServer((request, response) => {
    ports.add(request.socket.remotePort);
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.closeAllConnections());
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return { url: `http://127.0.0.1:${port}`, ports, server };
}

/** Answers with what it was sent. */
const echo: http.RequestListener = async (request, response) =>
  response.end(
    JSON.stringify({ method: request.method, length: request.headers['content-length'], body: await text(request) })
  );

test('bodies go whole, as text or as a stream, over one connection', async () => {
  const { url, ports } = await serve(echo);
  const body = '{"kata":"Jayawijaya – ✓"}';
  for (const sent of [body, Readable.from([body])]) {
    const answer = await exchange(url, { method: 'POST', body: sent });
    expect([answer.status, answer.ok, await answer.json()]).toMatchObject([200, true, { method: 'POST', body }]);
  }
  expect(await (await exchange(url, {})).json()).toEqual({ method: 'GET', body: '' });
  expect(ports.size).toBe(1);
});

test('an answer that is cut is an error, and so is one that is no JSON', async () => {
  const { url } = await serve((request, response) => {
    if (request.url === '/words') return void response.end('<html>');
    response.write('{"results":[');
    setImmediate(() => response.destroy());
  });
  await expect((await exchange(url, {})).json()).rejects.toThrow();
  await expect((await exchange(`${url}/words`, {})).json()).rejects.toThrow(SyntaxError);
});

test('nobody there, a request given up and a body that breaks are told apart', async () => {
  const { url } = await serve(() => undefined);
  const abort = new AbortController();
  const waiting = exchange(url, { signal: abort.signal });
  const broken = new Error('too long');
  const body = new Readable({ read: () => undefined });
  const sending = exchange(url, { method: 'POST', body });
  abort.abort();
  body.destroy(broken);
  const [gaveUp, broke] = await Promise.allSettled([waiting, sending]);
  expect([gaveUp, broke]).toMatchObject([{ reason: { cause: { name: 'AbortError' } } }, { reason: { cause: broken } }]);
  const gone = await serve(echo);
  gone.server.close();
  await once(gone.server, 'close');
  const refused: unknown = await exchange(gone.url, {}).catch((error: unknown) => error);
  expect([refused instanceof Unreachable, isRefused(refused)]).toEqual([true, true]);
});

test('many short requests share few connections, and what may last does not hold them up', async () => {
  let held = 0;
  const { url, ports } = await serve((request, response) => {
    if (request.url === '/feed') held += 1;
    else response.end('1');
  });
  const abort = new AbortController();
  const feeds = Array.from({ length: 300 }, () => exchange(`${url}/feed`, { signal: abort.signal }));
  await vi.waitFor(() => expect(held).toBe(300));
  ports.clear();
  const answers = await Promise.all(Array.from({ length: 1_000 }, () => exchange(url, {}).then((one) => one.json())));
  expect(answers).toEqual(Array.from({ length: 1_000 }, () => 1));
  expect(ports.size).toBeLessThanOrEqual(256);
  abort.abort();
  expect((await Promise.allSettled(feeds)).every(({ status }) => status === 'rejected')).toBe(true);
});
