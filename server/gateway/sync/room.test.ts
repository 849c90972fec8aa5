import { expect, test } from 'vitest';
import { makeRoom } from './room.ts';

test('who finds no room is told when to come again, spread over ten seconds, and finds it when another has left', () => {
  let chance = 0;
  const room = makeRoom(2, () => chance);
  const leave = room.enter();
  room.enter();
  expect(() => room.enter()).toThrow(expect.objectContaining({ status: 503, code: 'busy', retryAfter: 2 }));
  chance = 1;
  expect(() => room.enter()).toThrow(expect.objectContaining({ retryAfter: 12 }));
  leave();
  room.enter();
  expect(() => room.enter()).toThrow(expect.objectContaining({ status: 503 }));
});
