import type { ApiError } from '../../src/lib/domain/api.ts';

/** An error answer of the gateway: `code` is stable and has words in the app, the message is for operators. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  /** Seconds until another try makes sense. */
  readonly retryAfter: number | undefined;
  /** What the app needs besides, to go on. */
  readonly more: Pick<ApiError, 'clock' | 'enrolment'>;

  constructor(status: number, code: string, message: string, retryAfter?: number, more = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
    this.more = more;
  }

  body(): ApiError {
    const { code, message, retryAfter, more } = this;
    return { code, message, ...(retryAfter !== undefined && { retryAfter }), ...more };
  }
}

export const unauthorized = (message: string): Problem => new Problem(401, 'unauthorized', message);
export const forbidden = (message: string): Problem => new Problem(403, 'forbidden', message);
export const badRequest = (message: string): Problem => new Problem(400, 'bad-request', message);
export const notFound = (message: string): Problem => new Problem(404, 'not-found', message);
export const tooLarge = (message: string): Problem => new Problem(413, 'too-large', message);
export const unavailable = (message: string): Problem => new Problem(503, 'unavailable', message, 2);
