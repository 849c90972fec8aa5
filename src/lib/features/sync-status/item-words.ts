import { currentText } from '$lib/domain/merge/text-register';
import type { OwnDocument } from '$lib/store/types';
import { m } from '$lib/paraglide/messages';

const LONGEST = 120;

/** What kind of own item this is. */
export function kindWords(doc: OwnDocument): string {
  const words: Record<OwnDocument['type'], () => string> = {
    post: m.sync_item_post,
    comment: m.sync_item_comment,
    reaction: m.sync_item_reaction,
    profile: m.sync_item_profile,
    progress: m.sync_item_progress,
    attempt: m.sync_item_attempt,
    submission: m.sync_item_submission,
    mark: m.sync_item_mark,
    runtime: m.sync_item_progress,
    study: m.sync_item_study
  };
  return words[doc.type]();
}

/** The beginning of what the person wrote, when the item has words. */
export function excerpt(doc: OwnDocument): string {
  if (doc.type !== 'post' && doc.type !== 'comment') return '';
  const text = currentText(doc.body).replace(/\s+/g, ' ').trim();
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** The page on which an item can be seen and mended. */
export function addressOf(doc: OwnDocument): string {
  const suffix = (id: string) => id.slice(id.indexOf(':') + 1);
  if (doc.type === 'post') return `/feed/${suffix(doc._id)}`;
  if (doc.type === 'comment' || doc.type === 'reaction') return `/feed/${suffix(doc.post)}`;
  if (doc.type === 'profile') return '/profile';
  if (doc.type === 'study') return '/courses';
  return `/courses/${suffix(doc.course)}`;
}
