/** The files of a person's own that a document names: they reach the server before it does. */
export function filesNamedBy(doc: object): string[] {
  const { type, file } = doc as { type?: unknown; file?: { sha256?: unknown } };
  return type === 'submission' && typeof file?.sha256 === 'string' ? [file.sha256] : [];
}
