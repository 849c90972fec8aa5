import { SCHEMAS, UPGRADES, type Upgrade } from '$lib/domain/documents/versions';

const step =
  (schema: number): Upgrade =>
  (doc) => ({ ...doc, schema });

function usePosts(schema: number): void {
  Object.assign(SCHEMAS, { post: schema });
  const steps = Array.from({ length: schema - 1 }, (_, i) => step(i + 2));
  Object.assign(UPGRADES.own, { post: steps });
  Object.assign(UPGRADES.shared, { post: steps });
}

/**
 * Does work as a build would in which posts have this schema; every schema after the first only gives the document its
 * number. One build at a time: what belongs to another must have come to rest.
 */
export async function inBuild<T>(schema: number, work: () => Promise<T>): Promise<T> {
  const before = SCHEMAS.post;
  usePosts(schema);
  try {
    return await work();
  } finally {
    usePosts(before);
  }
}
