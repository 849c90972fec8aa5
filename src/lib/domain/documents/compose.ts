import { docId, newEdit, suffixOf, uuidv7 } from '../ids.ts';
import { newText, setText } from '../merge/text-register.ts';
import { type OwnComment } from './comment.ts';
import { type OwnPost, type Topic } from './post.ts';
import { type OwnProfile, type SelfField, type ShareableField, type Visibility } from './profile.ts';
import { type Progress } from './progress.ts';
import { type OwnReaction, type ReactionKind } from './reaction.ts';
import type { OwnType } from './index.ts';
import { SCHEMAS } from './versions.ts';

/** New own documents and new edits of them, as pure functions of what the person did. */

const deviceZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/** Fields that every first version carries. */
export const first = <T extends OwnType>(type: T, id: string, edit: string) => ({
  _id: id,
  type,
  schema: SCHEMAS[type],
  createdAt: new Date().toISOString(),
  zone: deviceZone(),
  edit
});

/** A first post in a channel. */
export function newPost(channel: string, topic: Topic, text: string): OwnPost {
  const edit = newEdit();
  return { ...first('post', docId('post', uuidv7()), edit), channel, topic, body: newText(edit, text) };
}

/** The post or comment with a new text, written by a person who saw all its versions. */
export function rewrite<T extends OwnPost | OwnComment>(doc: T, text: string): T {
  const edit = newEdit(doc.edit);
  return { ...doc, edit, body: setText(doc.body, edit, text) };
}

/** A first comment on a post. */
export function newComment(channel: string, post: string, text: string): OwnComment {
  const edit = newEdit();
  return { ...first('comment', docId('comment', uuidv7()), edit), channel, post, body: newText(edit, text) };
}

/** The person's reaction to a post; `kind: null` withdraws it. `previous` is her earlier reaction to the same post. */
export function react(
  person: string,
  channel: string,
  post: string,
  kind: ReactionKind | null,
  previous?: OwnReaction
): OwnReaction {
  const edit = newEdit(previous?.edit);
  const start = previous ?? first('reaction', docId('reaction', suffixOf(post), person), edit);
  return { ...start, edit, channel, post, kind };
}

/** The person's profile before she said anything about herself. */
const emptyProfile = (person: string, edit: string): OwnProfile => ({
  ...first('profile', docId('profile', person), edit),
  fields: {},
  visibility: {}
});

/** The profile with one field written anew. */
export function describeSelf(
  person: string,
  profile: OwnProfile | undefined,
  field: SelfField,
  text: string
): OwnProfile {
  const edit = newEdit(profile?.edit);
  const start = profile ?? emptyProfile(person, edit);
  const old = start.fields[field];
  return { ...start, edit, fields: { ...start.fields, [field]: old ? setText(old, edit, text) : newText(edit, text) } };
}

/** The profile with one field shown to colleagues or hidden from them. */
export function showField(
  person: string,
  profile: OwnProfile | undefined,
  field: ShareableField,
  to: Visibility
): OwnProfile {
  const edit = newEdit(profile?.edit);
  const start = profile ?? emptyProfile(person, edit);
  return { ...start, edit, visibility: { ...start.visibility, [field]: { to, edit } } };
}

/** The way through a course with the place moved, and the chapter finished when `finished` is set. */
export function advance(
  course: string,
  progress: Progress | undefined,
  place: { chapter: string; fraction: number },
  finished = false
): Progress {
  const edit = newEdit(progress?.edit);
  const start: Progress = progress ?? {
    ...first('progress', docId('progress', suffixOf(course)), edit),
    course,
    done: {},
    place: null
  };
  const done =
    finished && !start.done[place.chapter] ? { ...start.done, [place.chapter]: new Date().toISOString() } : start.done;
  return { ...start, edit, done, place: { ...place, edit } };
}
