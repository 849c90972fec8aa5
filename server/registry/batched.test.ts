import { expect, test, vi } from 'vitest';
import { batched } from './batched.ts';

/** Answers questions when the test lets it: each key with itself in capitals, unless it is `none`. */
function asked() {
  const questions: { keys: string[]; answer: () => void; fail: (error: Error) => void }[] = [];
  const ask = (keys: string[]): Promise<Map<string, string>> =>
    new Promise((resolve, reject) => {
      const known = keys.filter((key) => key !== 'none').map((key) => [key, key.toUpperCase()] as const);
      questions.push({ keys, answer: () => resolve(new Map(known)), fail: reject });
    });
  return { questions, ask };
}

test('keys of one turn travel together, each once, and what is not there is undefined', async () => {
  const { questions, ask } = asked();
  const get = batched(ask, 100);
  const answers = Promise.all([get('a'), get('b'), get('a'), get('none')]);
  await vi.waitFor(() => expect(questions).toHaveLength(1));
  expect(questions[0]?.keys).toEqual(['a', 'b', 'none']);
  questions[0]?.answer();
  expect(await answers).toEqual(['A', 'B', 'A', undefined]);
});

test('while questions are under way the next keys gather, and no question is longer than it may be', async () => {
  const { questions, ask } = asked();
  const get = batched(ask, 3);
  const answers = Promise.all(Array.from({ length: 10 }, (_, index) => get(`k${index}`)));
  await vi.waitFor(() => expect(questions).toHaveLength(2));
  questions[0]?.answer();
  await vi.waitFor(() => expect(questions).toHaveLength(3));
  questions[1]?.answer();
  await vi.waitFor(() => expect(questions).toHaveLength(4));
  expect(questions.map(({ keys }) => keys.length)).toEqual([3, 3, 3, 1]);
  for (const { answer } of questions) answer();
  expect(await answers).toHaveLength(10);
});

test('a question that fails fails for those who asked, and the next one is asked', async () => {
  const { questions, ask } = asked();
  const get = batched(ask, 100);
  const failed = get('a');
  await vi.waitFor(() => expect(questions).toHaveLength(1));
  questions[0]?.fail(new Error('away'));
  await expect(failed).rejects.toThrow('away');
  const again = get('a');
  await vi.waitFor(() => expect(questions).toHaveLength(2));
  questions[1]?.answer();
  expect(await again).toBe('A');
});
