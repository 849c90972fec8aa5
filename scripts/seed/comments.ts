import { AUTHOR_REPLIES, GENERAL_REPLIES, TOPIC_REPLIES } from './banks/replies.ts';
import { expand } from './phrase.ts';
import { membersOf, speaks, type Told } from './posts.ts';
import { seeded } from './random.ts';
import { slotsOf, type Scene } from './slots.ts';
import type { Channel, Comment, Reaction, Staff } from './types.ts';

const OWN_ANSWER = 0.16;
const GENERAL = 0.25;
/** Colleagues of the author's own trade answer most; only they use the replies of a situation. */
const PEERS = 0.75;
const TRIES = 30;

/** What a reply says in the words of the post: the same child, fish, weather. The rest is the writer's own. */
const SHARED = /^(anak|pangan|ikan|sayur|cuaca|hari|kampung|kelas|fase|mapel)\d?$/;

/** Comments under the posts: replies that fit the situation first, then what fits the topic; newest first. */
export function discuss(
  told: Told[],
  channels: Channel[],
  staff: Staff[],
  sceneOf: (author: Staff) => Scene,
  total: number
): Comment[] {
  const random = seeded('comments');
  const members = new Map(channels.map((channel) => [channel.id, membersOf(channel, staff)]));
  const comments: Comment[] = [];
  const used = new Set<string>();
  while (comments.length < total) {
    const { post, situation, author, slots } = random.pick(told);
    if (post.minutesAgo < 5) continue;
    const here = comments.filter((comment) => comment.post === post.key);
    const earliest = here.reduce((least, { minutesAgo }) => Math.min(least, minutesAgo), post.minutesAgo);
    const answers = here.length > 0 && here.at(-1)?.author !== post.author && random.chance(OWN_ANSWER);
    const others = (members.get(post.channel) ?? []).filter(
      ({ person }) => person.key !== post.author && !here.some((comment) => comment.author === person.key)
    );
    if (earliest < 3 || (!answers && others.length === 0)) continue;
    const peers = others.filter((one) => speaks(one, situation));
    const writer = answers ? author : random.pick(peers.length > 0 && random.chance(PEERS) ? peers : others);
    const minutesAgo = Math.max(1, earliest - Math.ceil(random.next() ** 3 * 400) - 1);
    const peer = speaks(writer, situation);
    const topical = !peer || random.chance(GENERAL) ? GENERAL_REPLIES : TOPIC_REPLIES[post.topic];
    const bank = answers ? AUTHOR_REPLIES : peer && situation.replies.length ? situation.replies : topical;
    for (let tries = 0; tries < TRIES; tries++) {
      const phrase = random.pick(tries < TRIES / 2 ? bank : answers ? AUTHOR_REPLIES : topical);
      const own = slotsOf(sceneOf(writer), random);
      const text = expand(phrase, random, (name) =>
        name === 'penulis' ? author.called : SHARED.test(name) ? slots(name) : own(name)
      );
      if (used.has(text)) continue;
      used.add(text);
      comments.push({ post: post.key, author: writer.person.key, minutesAgo, text });
      break;
    }
  }
  return comments.sort((a, b) => a.minutesAgo - b.minutesAgo || a.post.localeCompare(b.post));
}

/** Reactions of members; a few posts get many, most get few. */
export function react(told: Told[], channels: Channel[], staff: Staff[], total: number): Reaction[] {
  const random = seeded('reactions');
  const members = new Map(channels.map((channel) => [channel.id, membersOf(channel, staff)]));
  const appeal = told.map(({ post }) => ({ post, weight: 0.15 + random.next() ** 4 }));
  const seen = new Set<string>();
  const reactions: Reaction[] = [];
  while (reactions.length < total) {
    const { post, weight } = random.pick(appeal);
    if (random.next() > weight) continue;
    const { person } = random.pick(members.get(post.channel) ?? staff);
    const id = `${post.key} ${person.key}`;
    if (person.key === post.author || seen.has(id)) continue;
    seen.add(id);
    const useful = post.topic === 'cerita' ? 0.1 : 0.35;
    const kind = random.chance(useful) ? 'bermanfaat' : random.chance(0.35) ? 'terima-kasih' : 'suka';
    reactions.push({ post: post.key, author: person.key, kind });
  }
  return reactions.sort((a, b) => a.post.localeCompare(b.post) || a.author.localeCompare(b.author));
}
