import { advance, newPost } from '$lib/domain/documents/compose';
import type { Progress } from '$lib/domain/documents/progress';
import { docId, suffixOf } from '$lib/domain/ids';
import { currentText } from '$lib/domain/merge/text-register';
import { openStore, type Store } from '$lib/store';
import { keepSession, signIn, startSync, status, type SyncHandle } from '$lib/sync';
import { vaultOn } from '$lib/vault/keys';
import type { Place, TabPage, Write } from './tab';

/** Whether this tab leads, and since when (ms since 1970; one clock for all tabs). */
let leadsSince: number | undefined;
let store: Store;
let sync: SyncHandle;

status.subscribe(({ leader }) => {
  if (!leader) leadsSince = undefined;
  else leadsSince ??= Date.now();
});

/** One more chapter of a course, in a document that all tabs write into. */
async function finish(course: string, chapter: string): Promise<void> {
  const known = await store.ownItem<Progress>(docId('progress', suffixOf(course)));
  await store.write(advance(course, known?.doc, { chapter, fraction: 1 }, true));
}

const page: TabPage = {
  async open({ key, slot, account, password }: Place) {
    const vault = await vaultOn(
      { id: slot, createdAt: 0, label: { colour: 0, bird: 0 }, retryAt: 0, openedAt: 0 },
      new Uint8Array(key)
    );
    store = await openStore(vault);
    if (account !== undefined && password !== undefined) await keepSession(store, await signIn(account, password));
    sync = startSync({ store, vault });
  },
  leadsSince: () => leadsSince,
  async channel() {
    return (await store.membership())?.channels.find(({ kind }) => kind === 'unit')?.id;
  },
  async write({ channel, course, text, kind }: Write) {
    if (kind === 'chapter') await finish(course, text);
    else await store.write(newPost(channel, 'cerita', text));
    sync.now();
  },
  async kept() {
    const posts = await store.ownItems('post');
    const progress = await store.ownItems('progress');
    return [...posts.map(({ doc }) => currentText(doc.body)), ...progress.flatMap(({ doc }) => Object.keys(doc.done))];
  },
  waiting: async () => (await store.counts()).waiting
};

Object.assign(window, { tab: page });
