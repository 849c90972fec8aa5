import 'fake-indexeddb/auto';
import type { DeliveredComment } from '$lib/domain/documents/comment';
import type { ChannelInfo, Course } from '$lib/domain/documents/course';
import type { DeliveredPost, OwnPost, Topic } from '$lib/domain/documents/post';
import type { DirectoryProfile } from '$lib/domain/documents/profile';
import type { DeliveredReaction, OwnReaction, ReactionKind } from '$lib/domain/documents/reaction';
import type { OwnComment } from '$lib/domain/documents/comment';
import type { Receipt, Refusal } from '$lib/domain/documents/receipt';
import type { Membership, PersonRecord } from '$lib/domain/documents/record';
import { docId, newEdit, receiptId, suffixOf, uuidv7 } from '$lib/domain/ids';
import { newText, setText } from '$lib/domain/merge/text-register';
import type { OwnDocument } from '$lib/domain/documents/index';
import { vaultOn } from '$lib/vault/keys';
import type { OpenVault } from '$lib/vault/types';
import { openStore } from '../index';

/** Documents and stores for tests. Times are ms since 1970. */

export const ME = '0b9d1a52-7f0e-4c57-9a41-2f6d4f9b7a10';
export const OTHER = '5f0f6f2a-97c5-4b43-8f3e-0d2a60a3b111';
export const UNIT = 'sd-inpres-wamena';
export const T0 = Date.parse('2026-03-01T00:00:00.000Z');

const iso = (at: number): string => new Date(at).toISOString();
const base = { schema: 1, zone: 'Asia/Jayapura' };
const by = { id: OTHER, name: 'Yohana Wenda', position: 'Guru Kelas', unit: 'SD Inpres Wamena' };

/** An unlocked vault on a random key. */
export const someVault = (id: string = crypto.randomUUID()): Promise<OpenVault> =>
  vaultOn(
    { id, createdAt: T0, label: { colour: 0, bird: 0 }, retryAt: 0, openedAt: T0 },
    crypto.getRandomValues(new Uint8Array(32))
  );

/** A new empty store with its vault. */
export async function someStore() {
  const vault = await someVault();
  return { vault, store: await openStore(vault) };
}

export function ownPost(text = 'Halo', channel = 'nasional', topic: Topic = 'cerita'): OwnPost {
  const edit = newEdit();
  const body = newText(edit, text);
  return {
    _id: docId('post', uuidv7()),
    type: 'post',
    ...base,
    createdAt: iso(Date.now()),
    edit,
    channel,
    topic,
    body
  };
}

export function edited(post: OwnPost, text: string): OwnPost {
  const edit = newEdit(post.edit);
  return { ...post, edit, body: setText(post.body, edit, text) };
}

export function ownComment(post: string, text = 'Setuju', channel = 'nasional'): OwnComment {
  const edit = newEdit();
  const body = newText(edit, text);
  const createdAt = iso(Date.now());
  return { _id: docId('comment', uuidv7()), type: 'comment', ...base, createdAt, edit, channel, post, body };
}

export const ownReaction = (post: string, kind: ReactionKind | null, after?: string): OwnReaction => ({
  _id: docId('reaction', suffixOf(post), ME),
  type: 'reaction',
  ...base,
  createdAt: iso(T0),
  edit: newEdit(after),
  channel: 'nasional',
  post,
  kind
});

export function receiptOf(doc: OwnDocument, at: number, reason?: Refusal): Receipt {
  const answer = reason ? { status: 'refused' as const, reason } : { status: 'delivered' as const };
  const { _id, edit } = doc;
  return { _id: receiptId(_id), type: 'receipt', ...base, createdAt: iso(at), of: _id, edit, at: iso(at), ...answer };
}

export const post = (at: number, change: Partial<DeliveredPost> = {}): DeliveredPost => ({
  _id: docId('post', uuidv7(at)),
  type: 'post',
  ...base,
  createdAt: iso(at),
  receivedAt: iso(at),
  by,
  channel: 'nasional',
  topic: 'berita',
  text: `Kabar ${at - T0}`,
  ...change
});

export const comment = (on: string, at: number, text = 'Baik'): DeliveredComment => ({
  _id: docId('comment', uuidv7(at)),
  type: 'comment',
  ...base,
  createdAt: iso(at),
  receivedAt: iso(at),
  by,
  channel: 'nasional',
  post: on,
  text
});

export const reaction = (on: string, kind: ReactionKind, from: string, at = T0): DeliveredReaction => ({
  _id: docId('reaction', suffixOf(on), from),
  type: 'reaction',
  ...base,
  createdAt: iso(at),
  receivedAt: iso(at),
  by: { ...by, id: from },
  channel: 'nasional',
  post: on,
  kind
});

export const course = (at: number, title = 'Literasi'): Course => ({
  _id: docId('course', uuidv7(at)),
  type: 'course',
  ...base,
  schema: 2,
  createdAt: iso(at),
  title,
  summary: '',
  publisher: 'LAN',
  language: 'id',
  direction: 'ltr',
  kind: 'course',
  topics: [],
  learningHours: 2,
  chapters: [
    {
      id: 'c1',
      title: 'Satu',
      form: 'text',
      file: { sha256: 'a'.repeat(64), size: 10, type: 'application/json' },
      images: []
    }
  ],
  size: 10,
  publishedAt: iso(at)
});

export const channelInfo = (title: string): ChannelInfo => ({
  _id: docId('channel', uuidv7()),
  type: 'channel',
  ...base,
  createdAt: iso(T0),
  title,
  kind: 'unit',
  about: ''
});

export const directoryProfile = (id: string): DirectoryProfile => ({
  _id: docId('profile', id),
  type: 'profile',
  ...base,
  createdAt: iso(T0),
  receivedAt: iso(T0),
  by: { ...by, id },
  fields: { about: 'Mengajar di Wamena' }
});

export const membership = (): Membership => ({
  _id: docId('membership', ME),
  type: 'membership',
  ...base,
  createdAt: iso(T0),
  person: ME,
  agency: 'kab-jayawijaya',
  roles: ['staff'],
  channels: [{ id: UNIT, title: 'SD Inpres Wamena', kind: 'unit' }]
});

export const personRecord = (name: string): PersonRecord => ({
  _id: docId('record', ME),
  type: 'record',
  ...base,
  createdAt: iso(T0),
  fields: { name: { value: name, source: 'BKN', asOf: iso(T0) } }
});
