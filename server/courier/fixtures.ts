import type { OwnComment } from '../../src/lib/domain/documents/comment.ts';
import type { OwnPost } from '../../src/lib/domain/documents/post.ts';
import type { OwnProfile } from '../../src/lib/domain/documents/profile.ts';
import type { Progress } from '../../src/lib/domain/documents/progress.ts';
import type { OwnReaction, ReactionKind } from '../../src/lib/domain/documents/reaction.ts';
import { docId, suffixOf, uuidv7 } from '../../src/lib/domain/ids.ts';
import { newText } from '../../src/lib/domain/merge/text-register.ts';
import type { Person } from '../registry/types.ts';

/** Persons and own documents for tests of the courier. */

const NOW = '2026-03-02T01:00:00.000Z';

const field = (value: string) => ({ value, source: 'BKN' as const, asOf: NOW });

export const makePerson = (name: string, channels: string[] = ['nasional', 'agency-a', 'unit-a']): Person => ({
  id: crypto.randomUUID(),
  account: name.toLowerCase(),
  name,
  position: 'Guru Ahli Pertama',
  unit: 'SD Negeri 1',
  agency: 'agency-a',
  roles: ['staff'],
  channels: channels.map((id) => ({ id, title: id, kind: id === 'nasional' ? 'national' : 'agency' })),
  record: { education: field('S1'), rank: field('III/a'), birthDate: field('1990-01-02') }
});

const base = (edit: string) => ({ schema: 1, createdAt: NOW, zone: 'Asia/Jayapura', edit });

export const makePost = (text = 'Halo', channel = 'nasional', edit = uuidv7()): OwnPost => ({
  ...base(edit),
  _id: docId('post', uuidv7()),
  type: 'post',
  channel,
  topic: 'cerita',
  body: newText(edit, text)
});

export const makeComment = (post: string, text = 'Setuju', channel = 'nasional', edit = uuidv7()): OwnComment => ({
  ...base(edit),
  _id: docId('comment', uuidv7()),
  type: 'comment',
  channel,
  post,
  body: newText(edit, text)
});

export const makeReaction = (
  post: string,
  person: string,
  kind: ReactionKind | null = 'suka',
  channel = 'nasional'
): OwnReaction => ({
  ...base(uuidv7()),
  _id: docId('reaction', `${suffixOf(post)}.${person}`),
  type: 'reaction',
  channel,
  post,
  kind
});

export const makeProfile = (person: string, fields: Record<string, string> = {}): OwnProfile => {
  const edit = uuidv7();
  return {
    ...base(edit),
    _id: docId('profile', person),
    type: 'profile',
    fields: Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, newText(edit, text)])),
    visibility: {}
  };
};

export const makeProgress = (course: string = crypto.randomUUID()): Progress => {
  return {
    ...base(uuidv7()),
    _id: docId('progress', course),
    type: 'progress',
    course: docId('course', course),
    done: { '1': NOW },
    place: null
  };
};
