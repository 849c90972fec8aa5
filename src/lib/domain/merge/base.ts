/** The last of two values, by the edit that set each. Commutative, associative, idempotent: edit ids are unique. */
export const latest = <T extends { edit: string }>(a: T, b: T): T => (a.edit >= b.edit ? a : b);

/** The fields that every own document has, merged: the earliest creation, the newest edit. */
export function mergeBase<T extends { createdAt: string; edit: string; zone: string; schema: number }>(a: T, b: T) {
  const first = a.createdAt < b.createdAt || (a.createdAt === b.createdAt && a.zone <= b.zone) ? a : b;
  return {
    schema: Math.max(a.schema, b.schema),
    createdAt: first.createdAt,
    zone: first.zone,
    edit: latest(a, b).edit
  };
}

/**
 * Keys of both records, sorted; a key on both sides is merged by `mergeValue`. Only own keys count, so that a chapter
 * named like something that objects inherit (`constructor`) is a key like any other.
 */
export function mergeRecords<T>(
  a: Record<string, T>,
  b: Record<string, T>,
  mergeValue: (x: T, y: T) => T
): Record<string, T> {
  const merged = new Map(Object.entries(a));
  for (const [key, value] of Object.entries(b)) {
    const other = merged.get(key);
    merged.set(key, other === undefined ? value : mergeValue(other, value));
  }
  return Object.fromEntries([...merged].sort(([x], [y]) => (x < y ? -1 : 1)));
}
