import { newPost, rewrite } from '$lib/domain/documents/compose';
import type { OwnPost } from '$lib/domain/documents/post';
import { openStore, type Store } from '$lib/store';
import { lead } from '$lib/sync/lead';
import { openPrivateLane } from '$lib/sync/private-lane/index';
import { SECRET } from '$lib/sync/secrets';
import { createStatus } from '$lib/sync/status';
import { vaultOn } from '$lib/vault/keys';
import { counting } from './peers.ts';

/** The app's own syncing, without its screens: both lanes as the leader tab runs them, with a token that is there. */
let store: Store;
let controls = { ring: (): void => undefined, refresh: (): void => undefined };
let posts: OwnPost[] = [];
const sink = createStatus();
let listen = (): void => undefined;

/** Resolves when the question is answered with yes. */
const until = (question: () => Promise<boolean>): Promise<void> =>
  new Promise((resolve) => {
    const end = store.live(question).subscribe((yes) => {
      if (yes) resolve(Promise.resolve().then(() => end()));
    });
  });

/** Fetches the code that the app fetches when it needs it. */
export const load = () =>
  Promise.all([
    import('pouchdb-core'),
    import('pouchdb-adapter-idb'),
    import('$lib/store/apply-own'),
    import('$lib/store/aside'),
    import('$lib/store/apply-shared')
  ]).then(() => undefined);

/** A new device pulls the own database. */
export async function open(task: { token: string; person: string }): Promise<void> {
  const slot = {
    id: crypto.randomUUID(),
    createdAt: Date.now(),
    label: { colour: 0, bird: 0 },
    retryAt: 0,
    openedAt: 0
  };
  const vault = await vaultOn(slot, crypto.getRandomValues(new Uint8Array(32)));
  store = await openStore(vault);
  await store.setSecret(SECRET.person, task.person);
  const net = counting(task.token);
  const api = {
    base: '',
    fetch: (path: string, init?: RequestInit) => net.fetch(path, init),
    reachable: async () => true
  };
  const { signal } = new AbortController();
  const lane = await openPrivateLane({ store, vault, api });
  await lane.pull(signal);
  listen = () => {
    const openLane = () => Promise.resolve(lane);
    const onReady = (made: typeof controls) => (controls = made);
    void lead({ store, vault, api, sink, visible: () => true, onReady, openLane, signal });
  };
}

/** Syncs from now on. When it has everything, it sends a request that waits for news. */
export const follow = (): void => listen();

/** Lets a new request wait for news. */
export const renew = (): void => controls.refresh();

/** Looks for work that is not there. */
export async function idle(): Promise<void> {
  for (let time = 0; time < 20; time += 1) {
    controls.ring();
    await store.pending();
  }
}

/** Resolves when the server has all that waits, and has said that it moved on. */
async function send(): Promise<void> {
  const { freshAt } = sink.current;
  const heard = new Promise<void>((resolve) => {
    sink.subscribe((now) => {
      if (now.freshAt > freshAt) resolve();
    });
  });
  controls.ring();
  await until(async () => (await store.pending()).length === 0);
  await heard;
}

/** Writes posts at once; resolves when the server has them. Answers their ids. */
export async function write(count: number, channel: string): Promise<string[]> {
  posts = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      store.write(newPost(channel, 'cerita', `Kelas dibuka lagi besok. ${index}`))
    )
  );
  await send();
  return posts.map(({ _id }) => _id);
}

/** Edits what was written last. */
export async function edit(): Promise<void> {
  posts = await Promise.all(posts.map((post) => store.write(rewrite(post, 'Kelas dibuka lagi lusa, bukan besok.'))));
  await send();
}

export const own = (id: string, edit: string): Promise<void> =>
  until(async () => (await store.ownItem(id))?.doc.edit === edit);

export const delivered = (id: string): Promise<void> =>
  until(async () => (await store.ownItem(id))?.state.kind === 'delivered');

export const shared = (id: string, text: string): Promise<void> =>
  until(async () => (await store.post(id))?.text === text);
