import { canonical } from './canonical.ts';

type Fields = Record<string, unknown>;

/** The edit that set a field of a newer app, which such fields carry (docs/decisions/versions.md). */
const editOf = (value: unknown): string => {
  const edit = (value as { edit?: unknown } | null | undefined)?.edit;
  return typeof edit === 'string' ? edit : '';
};

function later(a: unknown, b: unknown): unknown {
  const [x, y] = [editOf(a), editOf(b)];
  if (x !== y) return x > y ? a : b;
  return canonical(a) >= canonical(b) ? a : b;
}

/**
 * What two versions of a document hold besides the fields that this build knows: all of it, and of two values the one
 * that was set later. So an older app passes on what a newer one wrote. Commutative, associative, idempotent.
 * @param known a document with every field that this build merges itself
 */
export function mergeUnknown(a: object, b: object, known: object): Fields {
  const [left, right]: [Fields, Fields] = [{ ...a }, { ...b }];
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])].filter(
    (name) => !name.startsWith('_') && !Object.hasOwn(known, name)
  );
  const pick = (name: string): unknown => {
    if (left[name] === undefined) return right[name];
    return right[name] === undefined ? left[name] : later(left[name], right[name]);
  };
  return Object.fromEntries(names.sort().map((name) => [name, normal(pick(name))]));
}

/** Keys in one order, so that documents that say the same are written the same. */
const normal = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(canonical(value)));
