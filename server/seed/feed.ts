import type { DeliveredComment } from '../../src/lib/domain/documents/comment.ts';
import type { ChannelInfo } from '../../src/lib/domain/documents/course.ts';
import { SCHEMAS } from '../../src/lib/domain/documents/versions.ts';
import type { DeliveredPost } from '../../src/lib/domain/documents/post.ts';
import type { DeliveredReaction } from '../../src/lib/domain/documents/reaction.ts';
import { docId, suffixOf } from '../../src/lib/domain/ids.ts';
import { byline } from '../courier/index.ts';
import type { ChannelRow, SeedData } from './data.ts';
import type { DemoPerson } from './persons.ts';
import { stableChance, stableUuid, stableUuidv7 } from './stable.ts';
import { zoneOf } from './zones.ts';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

/** Longest way of a demonstration post to the server, ms. */
const DELAY = 40_000;

/** Longest time between a post and a reaction to it, ms. */
const REACTION_SPAN = 2 * DAY;

export type ChannelDocument = DeliveredPost | DeliveredComment | DeliveredReaction | ChannelInfo;

/** All documents of the channels by channel, as the courier would have delivered them; `base` is the time of the load. */
export function feedDocuments(
  data: SeedData,
  persons: Map<string, DemoPerson>,
  base: number
): Map<string, ChannelDocument[]> {
  const documents = new Map<string, ChannelDocument[]>(
    data.channels.map((channel) => [channel.id, [infoOf(channel, base)]])
  );
  const newest = data.posts.reduce((least, { minutesAgo }) => Math.min(least, minutesAgo), Infinity);
  const timeOf = (minutesAgo: number): number => base - Math.max(0, minutesAgo - newest) * MINUTE;
  const head = (name: string, author: string, time: number) => {
    const writer = persons.get(author);
    if (!writer) throw new Error(`Demonstration data: nobody has the key ${author}.`);
    const received = Math.min(base, time + Math.round(stableChance(`delay ${name}`) * DELAY));
    return {
      createdAt: new Date(time).toISOString(),
      zone: writer.zone,
      receivedAt: new Date(received).toISOString(),
      by: byline(writer.person)
    };
  };
  const add = (channel: string, doc: ChannelDocument): void => {
    const list = documents.get(channel);
    if (!list) throw new Error(`Demonstration data: there is no channel ${channel}.`);
    list.push(doc);
  };

  const posts = new Map<string, { id: string; channel: string; time: number }>();
  const postOf = (key: string) => {
    const post = posts.get(key);
    if (!post) throw new Error(`Demonstration data: there is no post ${key}.`);
    return post;
  };
  for (const { key, channel, author, topic, minutesAgo, text } of data.posts) {
    const time = timeOf(minutesAgo);
    const _id = docId('post', stableUuidv7(time, `post ${key}`));
    posts.set(key, { id: _id, channel, time });
    add(channel, { _id, type: 'post', schema: SCHEMAS.post, ...head(key, author, time), channel, topic, text });
  }
  data.comments.forEach(({ post, author, minutesAgo, text }, index) => {
    const target = postOf(post);
    const name = `comment ${index} ${post}`;
    const time = Math.max(target.time + MINUTE, timeOf(minutesAgo));
    const _id = docId('comment', stableUuidv7(time, name));
    const { channel, id } = target;
    add(channel, {
      _id,
      type: 'comment',
      schema: SCHEMAS.comment,
      ...head(name, author, Math.min(time, base)),
      channel,
      post: id,
      text
    });
  });
  for (const { post, author, kind } of data.reactions) {
    const { id, channel, time } = postOf(post);
    const writer = persons.get(author);
    const _id = docId('reaction', `${suffixOf(id)}.${writer?.person.id}`);
    const at = time + stableChance(`reaction ${post} ${author}`) * Math.min(REACTION_SPAN, base - time);
    add(channel, {
      _id,
      type: 'reaction',
      schema: SCHEMAS.reaction,
      ...head(_id, author, Math.round(at)),
      channel,
      post: id,
      kind
    });
  }
  return documents;
}

function infoOf({ id, title, kind, about, region }: ChannelRow, base: number): ChannelInfo {
  return {
    _id: docId('channel', stableUuid(`channel ${id}`)),
    type: 'channel',
    schema: SCHEMAS.channel,
    createdAt: new Date(base - 400 * DAY).toISOString(),
    zone: zoneOf(region),
    title,
    kind,
    about,
    ...(region ? { region } : {})
  };
}
