import { openStore, type Store } from '$lib/store';
// The app has this part from its service worker; here it must not come over the link that is measured.
import '$lib/store/apply-shared';
import { createAsk } from '$lib/sync/shared-lane/ask';
import { pullShared } from '$lib/sync/shared-lane/pull';
import type { Api } from '$lib/sync/tokens';
import { vaultOn } from '$lib/vault/keys';
import { counting, type FirstSync, type Task } from './peers.ts';

let store: Store | undefined;

/** The part of the app that asks for `/sync`, with a token that is already there. */
function contestant(task: Task) {
  const net = counting(task.token);
  const api = {
    base: '',
    fetch: (path: string, init?: RequestInit) => net.fetch(path, init),
    reachable: async () => true
  };
  return { net, api: api satisfies Api };
}

/** Asks until the answer was whole; after a cut at once, as the app does once its link has been good. */
async function round(task: Task, api: Api, kept: Store): Promise<void> {
  for (;;) {
    try {
      const signal = new AbortController().signal;
      await pullShared({ ask: createAsk(api), store: kept, sources: task.databases, own: undefined, wait: 0, signal });
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

/** This project's shared lane: one stream, sealed with AES-GCM before it reaches IndexedDB. */
export async function firstSync(task: Task): Promise<FirstSync> {
  const slot = {
    id: crypto.randomUUID(),
    createdAt: Date.now(),
    label: { colour: 0, bird: 0 },
    retryAt: 0,
    openedAt: 0
  };
  const kept = await openStore(await vaultOn(slot, crypto.getRandomValues(new Uint8Array(32))));
  store = kept;
  const { net, api } = contestant(task);
  const started = performance.now();
  let usable = 0;
  const end = kept
    .live(() => kept.feedPage({ limit: 20 }))
    .subscribe(({ entries }) => {
      if (!usable && entries.length >= 20) usable = performance.now() - started;
    });
  await round(task, api, kept);
  const complete = performance.now() - started;
  end();
  const documents = (await kept.feedPage({ limit: task.documents + 1 })).entries.length + (await kept.courses()).length;
  return { usable, complete, requests: net.requests(), documents };
}

/** A further request with the checkpoints of the first one; answers the number of requests. */
export async function again(task: Task): Promise<number> {
  const { net, api } = contestant(task);
  if (store) await round(task, api, store);
  return net.requests();
}

/** Newest twenty posts, decrypted, as the feed asks for them; milliseconds of each of `times` readings. */
export async function readNewest(times: number): Promise<number[]> {
  const taken: number[] = [];
  for (let index = 0; index < times; index += 1) {
    const started = performance.now();
    await store?.feedPage({ limit: 20 });
    taken.push(performance.now() - started);
  }
  return taken;
}
