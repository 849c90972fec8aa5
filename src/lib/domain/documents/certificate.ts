import * as v from 'valibot';
import { base, growing, idOf, line, timestamp } from './fields.ts';

/**
 * A certificate that a person earned: `certificate:<uuid>` in her database. `credential` is an Open Badges 3.0
 * credential as a compact JWS (Open Badges 3.0 §8.2), which anyone can check with the issuer's public key.
 */
export const certificate = growing({
  ...base('certificate'),
  course: idOf('course'),
  title: line(300),
  publisher: line(200),
  learningHours: v.pipe(v.number(), v.minValue(0)),
  number: line(60),
  issuedAt: timestamp,
  credential: v.pipe(v.string(), v.maxLength(30_000), v.regex(/^[\w-]+\.[\w-]+\.[\w-]+$/)),
  revoked: v.optional(timestamp)
});

export type Certificate = v.InferOutput<typeof certificate>;
