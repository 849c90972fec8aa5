import * as v from 'valibot';
import { DOC_ID_PATTERN } from '../ids.ts';
import { SCHEMAS, type DocumentType } from './versions.ts';

/** Building blocks of the document schemas. */

export const uuid = v.pipe(v.string(), v.uuid());

/** ISO 8601, and a time that this platform understands: what has none would fall out of every index. */
export const timestamp = v.pipe(
  v.string(),
  v.isoTimestamp(),
  v.check((time) => Number.isFinite(Date.parse(time)), 'The time cannot be read')
);

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

/**
 * An object whose fields may grow: fields that this build does not know are kept and ignored, so that a newer app or
 * server may add some (docs/decisions/versions.md).
 */
export const growing = <E extends v.ObjectEntries>(
  entries: E
): v.GenericSchema<v.InferInput<v.ObjectSchema<E, undefined>>, v.InferOutput<v.ObjectSchema<E, undefined>>> =>
  v.looseObject(entries);

/** What every document carries (DESIGN §2): UTC creation time and the IANA zone of the device that wrote it. */
export const base = <T extends DocumentType>(type: T) => ({
  _id: idOf(type),
  _rev: v.optional(v.string()),
  type: v.literal(type),
  schema: v.pipe(
    v.number(),
    v.integer(),
    v.minValue(1),
    v.check((schema) => schema <= SCHEMAS[type], 'The schema is newer')
  ),
  createdAt: timestamp,
  zone: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_+\-/]{1,64}$/))
});

/** What every own document carries as well: the id (UUIDv7) of its last edit, which receipts refer to. */
export const own = <T extends DocumentType>(type: T) => ({ ...base(type), edit: uuid });

/** What every delivered document carries as well: the server's clock and the author as colleagues see her. */
export const delivered = <T extends DocumentType>(type: T) => ({
  ...base(type),
  receivedAt: timestamp,
  by: growing({ id: uuid, name: line(200), position: text(200), unit: text(200) })
});
