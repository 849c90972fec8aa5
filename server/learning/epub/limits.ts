const MEGABYTE = 1024 * 1024;

/** What an archive may hold. A whole illustrated handbook stays far below; what is above is an attack or a mistake. */
export const LIMITS = {
  /** Bytes of the file itself. */
  file: 300 * MEGABYTE,
  /** Bytes of all entries together, inflated. */
  total: 300 * MEGABYTE,
  /** Bytes of one entry, inflated. */
  entry: 100 * MEGABYTE,
  /** Bytes of one XML document: its tree takes a multiple in memory. */
  xml: 20 * MEGABYTE,
  entries: 20_000,
  /** Inflated size by compressed size, for entries above `ratioFrom` bytes; honest text stays below 30. */
  ratio: 200,
  ratioFrom: MEGABYTE,
  /** Nesting of elements in one XML document. */
  depth: 500,
  chapters: 2_000
};

export type Limits = typeof LIMITS;
