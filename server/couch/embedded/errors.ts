/** An answer of CouchDB's kind: `{"error": name, "reason": words}` with an HTTP status. */
export class CouchError extends Error {
  readonly status: number;
  readonly error: string;

  constructor(status: number, error: string, reason: string) {
    super(reason);
    this.status = status;
    this.error = error;
  }
}

export const badRequest = (reason: string) => new CouchError(400, 'bad_request', reason);
export const parseError = (reason: string) => new CouchError(400, 'query_parse_error', reason);
export const unauthorized = (reason: string) => new CouchError(401, 'unauthorized', reason);
export const forbidden = (reason: string) => new CouchError(403, 'forbidden', reason);
export const notFound = (reason: string) => new CouchError(404, 'not_found', reason);
export const conflict = () => new CouchError(409, 'conflict', 'Document update conflict.');
export const unsupported = (what: string) =>
  new CouchError(501, 'not_implemented', `The embedded database does not have ${what}; Apache CouchDB does.`);

/** What PouchDB throws, or anything else, as an answer. Unknown faults are 500 and show nothing of the inside. */
export function toCouchError(fault: unknown): CouchError {
  if (fault instanceof CouchError) return fault;
  const { status, statusCode, name, reason, message } = (fault ?? {}) as Record<string, unknown>;
  if (name === 'doc_validation') return new CouchError(400, 'doc_validation', String(reason ?? message));
  if (status === 409) return conflict();
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new CouchError(status, String(name), String(reason ?? message));
  }
  if (statusCode === 413) return new CouchError(413, 'too_large', 'the request entity is too large');
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) {
    return new CouchError(statusCode, 'bad_request', String(message));
  }
  return new CouchError(500, 'internal_server_error', 'The database could not do this.');
}
