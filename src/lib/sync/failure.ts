import { NoSpace } from '$lib/store/types';

export type FailureCode =
  | 'offline'
  | 'server'
  | 'signed-out'
  | 'lost'
  | 'forbidden'
  | 'too-old'
  | 'server-old'
  | 'refused'
  | 'aborted'
  | 'full';

/**
 * Why a request or a round did not come to its end. `offline`: no answer; `server`: it is in trouble, ask later;
 * `lost`: this device was reported lost; `forbidden`: not for this person; `too-old`: it no longer speaks the versions of this app; `server-old`: this app no
 * longer speaks those of the server; `refused`: the request as it is will never succeed (4xx); `full`: this device has no
 * space for what came.
 */
export class SyncFailure extends Error {
  readonly code: FailureCode;
  /** Seconds that the server asked to wait. */
  readonly retryAfter: number;
  readonly status: number;
  /** Sources that a `forbidden` answer names. */
  readonly sources: string[];

  constructor(
    code: FailureCode,
    detail: { retryAfter?: number; status?: number; sources?: string[]; cause?: unknown } = {}
  ) {
    super(`sync: ${code}${detail.status ? ` (${detail.status})` : ''}`, { cause: detail.cause });
    this.code = code;
    this.retryAfter = detail.retryAfter ?? 0;
    this.status = detail.status ?? 0;
    this.sources = detail.sources ?? [];
  }
}

/** Nobody on the way may send a device away for longer than this, s. */
const LONGEST_WAIT = 3_600;

/** The failure that an answer's status stands for; undefined when the answer is a good one. */
export function failureOf(response: Response): SyncFailure | undefined {
  const { status } = response;
  if (response.ok) return undefined;
  const retryAfter = Math.min(Number(response.headers.get('retry-after')) || 0, LONGEST_WAIT);
  if (status === 401) return new SyncFailure('signed-out', { status });
  if (status === 403) return new SyncFailure('forbidden', { status });
  if (status === 426) return new SyncFailure('too-old', { status });
  if (status >= 500 || status === 429 || status === 408) return new SyncFailure('server', { status, retryAfter });
  return new SyncFailure('refused', { status });
}

const QUOTA = 'QuotaExceededError';

/** Whether an error is or was caused by a full disk; PouchDB names the browser's error in `reason`. */
function isFull(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { name, reason, cause } = error as { name?: unknown; reason?: unknown; cause?: unknown };
  return error instanceof NoSpace || name === QUOTA || reason === QUOTA || isFull(cause);
}

/** Whatever was thrown, as a failure of sync: an unknown error counts as trouble that may pass. */
export function asFailure(error: unknown, signal?: AbortSignal): SyncFailure {
  if (isFull(error)) return new SyncFailure('full', { cause: error });
  if (error instanceof SyncFailure) return error;
  if (signal?.aborted) return new SyncFailure('aborted', { cause: error });
  return new SyncFailure('server', { cause: error });
}
