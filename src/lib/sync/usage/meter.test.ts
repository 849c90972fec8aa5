import { expect, test } from 'vitest';
import { createMeter, HEAD } from './meter';
import type { Traffic } from './traffic';

function counting(told: boolean) {
  const total: Traffic = { down: 0, up: 0 };
  const meter = createMeter(({ down = 0, up = 0, about }) => {
    total.down += down;
    total.up += up;
    if (about) total.about = true;
  }, told);
  return { meter, total };
}

test('a request counts its head, address and body, in bytes', () => {
  const { meter, total } = counting(true);
  meter.sent('/sync', { body: 'é' });
  expect(total).toEqual({ down: 0, up: HEAD + 5 + 2 });
});

test('where the browser tells sizes, a whole answer is left to it', async () => {
  const { meter, total } = counting(true);
  expect(await meter.answer(new Response('twelve bytes')).text()).toBe('twelve bytes');
  expect(total).toEqual({ down: 0, up: 0 });
});

test('where it does not, what came out is an upper bound, and said to be one', async () => {
  const { meter, total } = counting(false);
  const answer = meter.answer(new Response('twelve bytes', { status: 206, headers: { 'x-kept': 'yes' } }));
  expect([answer.status, answer.headers.get('x-kept')]).toEqual([206, 'yes']);
  await answer.text();
  expect(total).toEqual({ down: HEAD + 12, up: 0, about: true });
});

test('an answer that is given up counts what came out of it, also where the browser tells sizes', async () => {
  const { meter, total } = counting(true);
  const source = new ReadableStream({
    start: (controller) => controller.enqueue(new Uint8Array(70))
  });
  const reader = meter.answer(new Response(source)).body?.getReader();
  await reader?.read();
  await reader?.cancel();
  expect(total).toEqual({ down: 70, up: 0, about: true });
});

test('a cut stays a cut', async () => {
  const { meter, total } = counting(false);
  const source = new ReadableStream({
    start(controller) {
      controller.enqueue(new Uint8Array(7));
    },
    pull: (controller) => controller.error(new TypeError('network error'))
  });
  await expect(meter.answer(new Response(source)).text()).rejects.toThrow('network error');
  expect(total).toEqual({ down: HEAD + 7, up: 0, about: true });
});

test('an answer without a body stays one', () => {
  const { meter } = counting(false);
  expect(meter.answer(new Response(null, { status: 204 })).body).toBeNull();
});

test('an answer that has no body by its status passes, although a browser shows it with an empty one', () => {
  const empty = new Response(null, { status: 204 });
  Object.defineProperty(empty, 'body', { value: new Response('').body });
  expect(counting(true).meter.answer(empty).status).toBe(204);
});
