/** CouchDB's `max_document_size`, in bytes. */
export const DOCUMENT_LIMIT = 8_000_000;

/** CouchDB's `max_http_request_size`, in bytes: a batch of many documents. */
export const REQUEST_LIMIT = 64 << 20;
