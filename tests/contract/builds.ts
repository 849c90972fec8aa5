import { AsyncLocalStorage } from 'node:async_hooks';
import { SCHEMAS, UPGRADES, type Upgrade } from '$lib/domain/documents/versions';
import { SYNC_VERSIONS, type SyncVersion } from '$lib/domain/sync-protocol';

/** What tells one build from another: the schema of posts, and the versions of `/sync` that it speaks. */
export interface Build {
  posts: number;
  sync: number[];
}

const running = new AsyncLocalStorage<Build>();
const here = (): Build => running.getStore() ?? { posts: 1, sync: [1] };

const step =
  (schema: number): Upgrade =>
  (doc) => ({ ...doc, schema });

/** A version whose bodies carry one more field, without which they are none; otherwise as the first. */
const laterThan = (first: SyncVersion, version: number): SyncVersion => ({
  read(body) {
    const { words, ...asked } = body as { words?: number };
    return words === version ? first.read(asked) : undefined;
  },
  write: (question) => ({ ...first.write(question), version, words: version })
});

function install(): void {
  const steps = { enumerable: true, get: () => Array.from({ length: here().posts - 1 }, (_, at) => step(at + 2)) };
  Object.defineProperty(SCHEMAS, 'post', { enumerable: true, get: () => here().posts });
  Object.defineProperty(UPGRADES.own, 'post', steps);
  Object.defineProperty(UPGRADES.shared, 'post', steps);
  const first = SYNC_VERSIONS.get(1);
  if (!first) throw new Error('The first version is no longer spoken: make the builds here of one that is.');
  const spoken = (): Map<number, SyncVersion> =>
    new Map(here().sync.map((version) => [version, version === 1 ? first : laterThan(first, version)]));
  Object.assign(SYNC_VERSIONS, { get: (version: number) => spoken().get(version), keys: () => spoken().keys() });
}

install();

/** Does work as this build does it: everything that it starts, however late, belongs to the build. */
export const asBuild = <T>(build: Build, work: () => T): T => running.run(build, work);
