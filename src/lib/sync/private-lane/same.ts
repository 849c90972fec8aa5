/** Whether two documents say the same, whatever the order of their keys and the revision they carry. */
export const sameDocument = (a: object, b: object): boolean => canonical(a) === canonical(b);

/** A document as a text that depends on what it says alone. */
export const canonical = (value: object): string =>
  JSON.stringify(value, (name, inner: unknown) => {
    if (name === '_rev') return undefined;
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([x], [y]) => (x < y ? -1 : 1)));
  });
