/** A document as a text that depends on what it says alone: neither on the order of its keys nor on its revision. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (name, inner: unknown) => {
    if (name === '_rev') return undefined;
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([x], [y]) => (x < y ? -1 : 1)));
  });
