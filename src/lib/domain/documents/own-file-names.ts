/** The files of a person's own that a document names: they reach the server before it does. */
export const filesNamedBy = (doc: { type?: unknown; file?: unknown }): string[] => {
  const named = (doc.file as { sha256?: unknown } | undefined)?.sha256;
  return doc.type === 'submission' && typeof named === 'string' ? [named] : [];
};
