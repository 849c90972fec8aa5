import * as v from 'valibot';
import type { PackageDescriptor, PackageFile, Sco } from '$lib/domain/documents/package-descriptor';
import { RUNTIME_LIMIT } from '$lib/domain/documents/runtime';

/** What the app and the sandbox tell each other. What comes from the sandbox could be from the package itself. */

export interface Start {
  type: 'start';
  standard: PackageDescriptor['standard'];
  sco: Sco;
  files: Pick<PackageFile, 'path' | 'size' | 'type'>[];
  /** What the run-time kept, as it gave it; null when nothing was kept. */
  kept: string | null;
  seconds: number;
  language: string;
  words: { close: string; missing: string; unshown: string };
}

export type ToSandbox =
  | Start
  | { type: 'file'; path: string; bytes: ArrayBuffer | null }
  /** The person leaves: pages hear that they end, and the sandbox says `left`. */
  | { type: 'leave' };

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

export const runtimeReport = v.strictObject({
  type: v.literal('state'),
  json: v.pipe(v.string(), v.maxLength(RUNTIME_LIMIT)),
  completed: v.boolean(),
  success: v.picklist(['unknown', 'failed', 'passed']),
  score: v.nullable(share),
  seconds: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000_000)),
  /** Whether the package has said that it ends. */
  ended: v.boolean()
});

export const fromSandbox = v.variant('type', [
  v.strictObject({ type: v.literal('want'), path: v.pipe(v.string(), v.maxLength(500)) }),
  v.strictObject({ type: v.literal('loading'), done: share }),
  v.strictObject({ type: v.literal('shown') }),
  /** Somebody has touched the package. */
  v.strictObject({ type: v.literal('alive') }),
  runtimeReport,
  /** Data beyond what is kept for one chapter: the package goes on, its data is not kept. */
  v.strictObject({ type: v.literal('too-large') }),
  v.strictObject({ type: v.literal('outside'), address: v.pipe(v.string(), v.maxLength(2_000)) }),
  v.strictObject({ type: v.literal('exit') }),
  v.strictObject({ type: v.literal('left') })
]);

export type FromSandbox = v.InferInput<typeof fromSandbox>;
export type RuntimeReport = v.InferOutput<typeof runtimeReport>;
