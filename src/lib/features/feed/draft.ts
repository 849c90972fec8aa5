import type { OwnPost, Topic } from '$lib/domain/documents/post';
import { currentText } from '$lib/domain/merge/text-register';
import type { Store } from '$lib/store/store-api';

/** A post that is being written. */
export interface Draft {
  text: string;
  channel: string;
  topic: Topic;
  /** The sheet was open: a lock or a crash closed it. */
  isOpen?: boolean;
}

type Kept = Draft & { at: string };
type Drafts = Pick<Store, 'setting' | 'setSetting' | 'ownItems'>;

/** A post that was made so much later than a draft was not made of it: the clock was wrong when one of them was, ms. */
const APART = 30 * 86_400_000;

const nameOf = (post: OwnPost | undefined, room: string): string =>
  post ? `draft:${post._id}` : room ? `draft:post:${room}` : 'draft:post';

/**
 * Keeps what is being written, sealed; of a post that is rewritten apart from that of a new one.
 * @param room channel with a page of its own, where a new post is written apart from one of the feed
 */
export const keepDraft = (store: Drafts, post: OwnPost | undefined, draft: Draft, room = ''): Promise<void> =>
  store.setSetting(nameOf(post, room), { ...draft, at: new Date().toISOString() } satisfies Kept);

export const dropDraft = (store: Drafts, post: OwnPost | undefined, room = ''): Promise<void> =>
  store.setSetting(nameOf(post, room), undefined);

/**
 * What was being written and was not sent. Sending comes before dropping the draft, so one that was sent may still be
 * there after a crash, or for a moment: it is not offered again.
 */
export async function readDraft(store: Drafts, post: OwnPost | undefined, room = ''): Promise<Draft | undefined> {
  const kept = await store.setting<Kept>(nameOf(post, room));
  if (!kept || post) return kept;
  const sent = (await store.ownItems('post')).some(({ doc }) => {
    const after = Date.parse(doc.createdAt) - Date.parse(kept.at);
    const isSame = doc.channel === kept.channel && currentText(doc.body) === kept.text.trim();
    return isSame && after >= 0 && after < APART;
  });
  return sent ? undefined : kept;
}
