import type { Traffic } from './traffic';

/** Counts the requests of one `Api`. */
export interface Meter {
  sent(path: string, init: RequestInit): void;
  /** The answer, counted while it is read. */
  answer(response: Response): Response;
}

/** Head of a message, bytes: no page can see it, and browsers put the same number into the size of every answer. */
export const HEAD = 300;

/** Answers that have no body by their status: a browser may show an empty one all the same, but takes none back. */
const WITHOUT_BODY = new Set([204, 205, 304]);

const encoder = new TextEncoder();
const lengthOf = (body: unknown): number => (typeof body === 'string' ? encoder.encode(body).length : 0);

/**
 * @param note takes what was counted
 * @param told whether the browser tells the size of whole and of cut answers (`hearSizes`); then only answers that are
 *   given up are counted here, by what came out of them: more than what travelled, since most are compressed
 */
export function createMeter(note: (traffic: Partial<Traffic>) => void, told: boolean): Meter {
  return {
    sent: (path, { body }) => note({ up: HEAD + path.length + lengthOf(body) }),
    answer(response) {
      if (!told) note({ down: HEAD, about: true });
      const reader = WITHOUT_BODY.has(response.status) ? undefined : response.body?.getReader();
      if (!reader) return response;
      let count = 0;
      const give = (): void => {
        if (count > 0) note({ down: count, about: true });
        count = 0;
      };
      const body = new ReadableStream<Uint8Array>(
        {
          async pull(controller) {
            try {
              const { done, value } = await reader.read();
              if (!done) {
                count += value.length;
                return controller.enqueue(value);
              }
              controller.close();
            } catch (error) {
              controller.error(error);
            }
            if (!told) give();
          },
          cancel(reason) {
            give();
            return reader.cancel(reason);
          }
        },
        { highWaterMark: 0 }
      );
      return new Response(body, { status: response.status, headers: response.headers });
    }
  };
}

/** Where nobody asks what travelled. */
export const UNCOUNTED: Meter = { sent: () => undefined, answer: (response) => response };
