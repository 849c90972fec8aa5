import { courseFrom1 } from './course-upgrade.ts';

/**
 * Newest schema of each type that this build reads and writes. A number goes up only when a build that knows the old
 * schema would read the new one wrongly (docs/decisions/versions.md); a field that may be ignored changes nothing here.
 */
export const SCHEMAS = {
  post: 1,
  comment: 1,
  reaction: 1,
  profile: 1,
  progress: 1,
  attempt: 1,
  submission: 1,
  mark: 1,
  runtime: 1,
  study: 1,
  course: 2,
  event: 1,
  takers: 1,
  channel: 1,
  receipt: 1,
  record: 1,
  membership: 1,
  grade: 1,
  certificate: 1,
  enrolment: 1
} as const;

export type DocumentType = keyof typeof SCHEMAS;

/** In which databases a document stands: an own post and its delivered copy have one type and different fields. */
export type DocumentKind = 'own' | 'inbox' | 'shared';

type Fields = Record<string, unknown>;

/** Makes a document of the next schema out of one; pure, and it gives the document that next number. */
export type Upgrade = (doc: Fields) => Fields;

export type Upgrades = Record<DocumentKind, Partial<Record<string, readonly Upgrade[]>>>;

/** For each kind and type, one step per schema: the first makes 2 out of 1. A step is kept for as long as documents. */
export const UPGRADES: Upgrades = { own: {}, inbox: {}, shared: { course: [courseFrom1] } };

export const isKnownType = (type: unknown): type is DocumentType =>
  typeof type === 'string' && Object.hasOwn(SCHEMAS, type);

/** Whether a document is of a schema that only a newer build knows. */
export function isNewer(doc: { type?: unknown; schema?: unknown }): boolean {
  return isKnownType(doc.type) && typeof doc.schema === 'number' && doc.schema > SCHEMAS[doc.type];
}

/** Why a document cannot be read. */
export type Unreadable = 'unknown-type' | 'newer-schema' | 'malformed';

/** Why this build cannot read a document that its parsers do not take. */
export function unreadableBecause(doc: unknown): Unreadable {
  const { type, schema } = (doc ?? {}) as { type?: unknown; schema?: unknown };
  if (!isKnownType(type)) return 'unknown-type';
  return isNewer({ type, schema }) ? 'newer-schema' : 'malformed';
}

/** The document in the newest schema of this build; what is not of an older one is left as it is. */
export function upgraded(kind: DocumentKind, value: unknown, upgrades: Upgrades = UPGRADES): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { type, schema } = value as Fields;
  const own = upgrades[kind];
  const steps = typeof type === 'string' && Object.hasOwn(own, type) ? (own[type] ?? []) : [];
  if (steps.length === 0 || typeof schema !== 'number' || !Number.isInteger(schema) || schema < 1) return value;
  return steps.slice(schema - 1).reduce<Fields>((doc, step) => step(doc), value as Fields);
}
