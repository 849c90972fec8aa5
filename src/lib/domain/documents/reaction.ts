import * as v from 'valibot';
import { latest, mergeBase } from '../merge/base.ts';
import { delivered, growing, idOf, key, own } from './fields.ts';

export const REACTIONS = ['suka', 'terima-kasih', 'bermanfaat'] as const;

/**
 * One person's reaction to one post: `reaction:<uuid of the post>.<uuid of the person>`, so that reacting twice, on
 * any device, is one document. `kind: null` withdraws it; a withdrawal must travel like the reaction did (SKB
 * neutrality of civil servants 2/2022, domain.md §2.4).
 */
export const ownReaction = growing({
  ...own('reaction'),
  channel: key,
  post: idOf('post'),
  kind: v.nullable(v.picklist(REACTIONS))
});

/** The same reaction in the channel's database; a withdrawn one is deleted there. */
export const deliveredReaction = growing({
  ...delivered('reaction'),
  channel: key,
  post: idOf('post'),
  kind: v.picklist(REACTIONS)
});

export type OwnReaction = v.InferOutput<typeof ownReaction>;
export type DeliveredReaction = v.InferOutput<typeof deliveredReaction>;
export type ReactionKind = (typeof REACTIONS)[number];

/** The newer of two reactions to one post. */
export const mergeReaction = (a: OwnReaction, b: OwnReaction): OwnReaction => {
  const { channel, post, kind } = latest(a, b);
  return { _id: a._id, type: 'reaction', ...mergeBase(a, b), channel, post, kind };
};
