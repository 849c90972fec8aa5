import { newPost, rewrite } from '$lib/domain/documents/compose';
import type { OwnPost } from '$lib/domain/documents/post';
import { openStore, type Store } from '$lib/store/index';
import { keepSession, signIn, startSync } from '$lib/sync/index';
import { fakeTab } from '$lib/sync/testing/tab';
import type { OpenVault } from '$lib/vault/types';
import { asBuild, type Build } from './builds.ts';
import { PASSWORD, type Place } from './sync-server.ts';

/** One device with the app of a build. */
export interface App {
  /** Asks the store as the screens of this build do. */
  see<T>(look: (store: Store) => Promise<T>): Promise<T>;
  /** Writes a post in the channel of the place, as the composer does. */
  write(text: string): Promise<OwnPost>;
  rewrite(id: string, text: string): Promise<OwnPost>;
  close(): Promise<void>;
}

/** Opens the app on a device of this place; the person of that name signs in where nobody has. */
export const openApp = (build: Build, vault: OpenVault, place: Place, name?: string): Promise<App> =>
  asBuild(build, async (): Promise<App> => {
    const store = await openStore(vault);
    const base = `http://127.0.0.1:${place.port}`;
    if (name !== undefined) await keepSession(store, await signIn(place.account(name), PASSWORD, base));
    const { surroundings } = fakeTab(undefined);
    const sync = startSync({ store, vault, base, build: JSON.stringify(build), surroundings });
    const keep = async (post: OwnPost): Promise<OwnPost> => {
      const kept = await store.write(post);
      sync.now();
      return kept;
    };
    return {
      see: (look) => asBuild(build, () => look(store)),
      write: (text) => asBuild(build, () => keep(newPost(place.channel, 'cerita', text))),
      rewrite: (id, text) =>
        asBuild(build, async () => {
          const item = await store.ownItem<OwnPost>(id);
          if (!item) throw new Error(`${id} is not here.`);
          return keep(rewrite(item.doc, text));
        }),
      close: () =>
        asBuild(build, async () => {
          await sync.stop();
          store.close();
        })
    };
  });
