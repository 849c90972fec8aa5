import { isCourseChannel } from '$lib/domain/course-channel';
import { currentText } from '$lib/domain/merge/text-register';
import type { Store } from '$lib/store/store-api';
import { readDraft } from '../feed/draft';
import { excerpt, kindWords } from '../sync-status/item-words';

/** What goes with a place when its owner leaves, because it cannot be sent: in words, for her decision. */
export interface WouldBeLost {
  /** How many items the server refused. */
  refused: number;
  /** The beginnings of what would go, with what each is. */
  items: { kind: 'refused' | 'draft'; words: string }[];
}

type Looked = Pick<Store, 'refusedItems' | 'setting' | 'setSetting' | 'ownItems' | 'feedPage' | 'membership'>;

/** Posts whose comment drafts are looked for: a draft is found again under a post that is on the screen. */
const NEWEST = 200;

/** Looks at refused items and at what was being written. */
export async function wouldBeLost(store: Looked): Promise<WouldBeLost> {
  const refused = await store.refusedItems();
  const drafts: string[] = [];
  const post = await readDraft(store, undefined);
  if (post?.text.trim()) drafts.push(post.text);
  const rooms = ((await store.membership())?.channels ?? []).map(({ id }) => id).filter(isCourseChannel);
  const written = await Promise.all(rooms.map((room) => readDraft(store, undefined, room)));
  drafts.push(...written.flatMap((draft) => (draft?.text.trim() ? [draft.text] : [])));
  for (const { doc } of await store.ownItems('post')) {
    const draft = await readDraft(store, doc);
    if (draft?.text.trim() && draft.text !== currentText(doc.body)) drafts.push(draft.text);
  }
  const pages = [store.feedPage({ limit: NEWEST }), store.feedPage({ channels: rooms, limit: NEWEST })];
  const entries = (await Promise.all(pages)).flatMap((page) => page.entries);
  const comments = await Promise.all(entries.map(({ id }) => store.setting<string>(`draft:comment:${id}`)));
  drafts.push(...comments.filter((text) => text !== undefined && text.trim() !== '').map(String));
  return {
    refused: refused.length,
    items: [
      ...refused.map(({ doc }) => ({ kind: 'refused' as const, words: excerpt(doc) || kindWords(doc) })),
      ...drafts.map((words) => ({ kind: 'draft' as const, words }))
    ]
  };
}
