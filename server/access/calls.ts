/** What a path below a database means to CouchDB; a path without a shape is never passed on. */
export type Shape =
  'info' | 'changes' | 'bulk-get' | 'revs-diff' | 'bulk-docs' | 'all-docs' | 'local' | 'doc' | 'ensure-full-commit';

export type Verb = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';

/** Calls to one database. What is not named is refused. */
export type Calls = Partial<Record<Shape, readonly Verb[]>>;

/** A few documents whose ids one knows: nothing that lists or follows. */
export const LOOK_UP: Calls = { doc: ['GET', 'HEAD'] };

/** Everything that follows a database and reads it, as `/sync` does. */
export const READ: Calls = {
  info: ['GET', 'HEAD'],
  changes: ['GET', 'POST'],
  'bulk-get': ['POST'],
  'all-docs': ['GET', 'POST'],
  doc: ['GET', 'HEAD']
};

/** Both directions of replication and single writes. */
export const REPLICATE: Calls = {
  ...READ,
  doc: ['GET', 'HEAD', 'PUT'],
  'revs-diff': ['POST'],
  'bulk-docs': ['POST'],
  'ensure-full-commit': ['POST'],
  local: ['GET', 'PUT']
};
