import { AUTHOR_REPLIES, GENERAL_REPLIES, TOPIC_REPLIES } from './banks/replies.ts';
import type { Situation } from './bank.ts';
import { expand } from './phrase.ts';
import { membersOf, speaks, type Told } from './posts.ts';
import { seeded } from './random.ts';
import { slotsOf, type Scene } from './slots.ts';
import type { Channel, Comment, Reaction, Staff } from './types.ts';

const OWN_ANSWER = 0.16;
const GENERAL = 0.25;
/** Those whom a post is for answer most; only they use the replies of its situation. */
const AUDIENCE = 0.75;
/** Trades that talk among themselves; what an office says is for everybody outside it. */
const TRADES = /^(guru|nakes|kepala|dinkes$)/;
/** Replies from another place; nobody writes so to a colleague of the same unit. */
const ELSEWHERE = /\{(unit|tempat|wilayah|kota|distrik|cuaca)\}/;

const SCHOOL = /(sekolah|murid|kelas) (kami|saya)|kebun sekolah/i;

const isInternal = ({ at, by }: Situation) => at === 'u' || by.includes('semua') || by.some((one) => TRADES.test(one));

/** The replies of a situation that this person could give: those about a class are a teacher's. */
function repliesOf(one: Staff, situation: Situation): string[] {
  const teacher = one.voices.includes('guru');
  const trade = !isInternal(situation) || speaks(one, situation);
  return situation.replies.filter((phrase) => (SCHOOL.test(phrase) ? teacher : trade));
}

/** Whether a post speaks to this person: of the same trade, or outside the office that wrote it. */
function isAddressed(one: Staff, situation: Situation, author: Staff, inside: boolean): boolean {
  if (isInternal(situation)) return repliesOf(one, situation).length > 0 || speaks(one, situation);
  return inside || one.person.unit !== author.person.unit;
}

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
    const minutesAgo = Math.max(1, earliest - Math.ceil(random.next() ** 3 * 400) - 1);
    const inside = post.channel === author.person.unit;
    const audience = others.filter((one) => isAddressed(one, situation, author, inside));
    const writer = answers ? author : random.pick(audience.length > 0 && random.chance(AUDIENCE) ? audience : others);
    const addressed = audience.includes(writer);
    const general = !addressed || random.chance(GENERAL) ? GENERAL_REPLIES : TOPIC_REPLIES[post.topic];
    const topical = inside ? general.filter((phrase) => !ELSEWHERE.test(phrase)) : general;
    const own = addressed && (!inside || isInternal(situation)) ? repliesOf(writer, situation) : [];
    const bank = answers ? AUTHOR_REPLIES : own.length > 0 ? own : topical;
    for (let tries = 0; tries < TRIES; tries++) {
      const phrase = random.pick(tries < TRIES / 2 ? bank : answers ? AUTHOR_REPLIES : topical);
      const home = slotsOf(sceneOf(writer), random);
      const text = expand(phrase, random, (name) =>
        name === 'penulis' ? author.called : SHARED.test(name) ? slots(name) : home(name)
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
