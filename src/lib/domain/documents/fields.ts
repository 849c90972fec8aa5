import * as v from 'valibot';
import { DOC_ID_PATTERN } from '../ids.ts';

/** Building blocks of the document schemas. */

export const uuid = v.pipe(v.string(), v.uuid());
export const timestamp = v.pipe(v.string(), v.isoTimestamp());
export const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
export const line = (max: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(max), v.regex(/^[^\p{Cc}]*$/u));
export const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
export const key = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,79}$/));
export const bytes = v.pipe(v.number(), v.integer(), v.minValue(0));

export const idOf = (type: string) =>
  v.pipe(
    v.string(),
    v.regex(DOC_ID_PATTERN),
    v.check((id) => id.startsWith(`${type}:`), `The id must start with ${type}:`)
  );

/** Newest schema version that this build reads and writes. */
export const SCHEMA = 1;

/** What every document carries (DESIGN §2): UTC creation time and the IANA zone of the device that wrote it. */
export const base = <T extends string>(type: T) => ({
  _id: idOf(type),
  _rev: v.optional(v.string()),
  type: v.literal(type),
  schema: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(SCHEMA)),
  createdAt: timestamp,
  zone: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_+\-/]{1,64}$/))
});

/** What every own document carries as well: the id (UUIDv7) of its last edit, which receipts refer to. */
export const own = <T extends string>(type: T) => ({ ...base(type), edit: uuid });

/** What every delivered document carries as well: the server's clock and the author as colleagues see her. */
export const delivered = <T extends string>(type: T) => ({
  ...base(type),
  receivedAt: timestamp,
  by: v.strictObject({ id: uuid, name: line(200), position: text(200), unit: text(200) })
});
