import type { Situation } from './bank.ts';
import { expand, type Slots } from './phrase.ts';
import { seeded, type Random } from './random.ts';
import { drawTimes } from './schedule.ts';
import { slotsOf, type Scene } from './slots.ts';
import type { Channel, Post, Staff, Voice } from './types.ts';

/** A post with the situation that it tells of and the words in its slots, for its comments. */
export interface Told {
  post: Post;
  situation: Situation;
  author: Staff;
  slots: Slots;
}

/** Posts of the same situation stand at least this far apart in a channel. */
const GAP = 50;
/** The next situation is drawn from this share of those longest unused. */
const FRESH_SHARE = 0.25;
/** Wordings tried before a situation counts as told out. */
const TRIES = 25;

/** Who belongs to a channel. */
export function membersOf(channel: Channel, staff: Staff[]): Staff[] {
  if (channel.kind === 'national') return staff;
  return staff.filter(({ person }) =>
    channel.kind === 'agency' ? person.agency === channel.agency : person.unit === channel.unit
  );
}

const LEVEL: Record<Channel['kind'], string> = { national: 'n', agency: 'a', unit: 'u' };

/** Whether this person could say what the situation tells. */
export const speaks = (one: Staff, situation: Situation): boolean =>
  (situation.only === undefined || situation.only === one.person.agency) &&
  situation.by.some((voice: Voice) => one.voices.includes(voice));

/** How many posts each channel gets: most in the nation's, a handful in the small agency, the rest in units. */
function quota(channel: Channel, units: number, total: number): number {
  const agencies = Math.round(total * 0.19);
  const small = Math.round(total * 0.01);
  if (channel.kind === 'agency') return channel.id === 'pengelola' ? small : agencies;
  const unit = Math.floor((total * 0.3) / units);
  if (channel.kind === 'unit') return unit;
  return total - 2 * agencies - small - unit * units;
}

interface Turn {
  channel: Channel;
  minutesAgo: number;
}

/** The order in which the posts were written, oldest first. */
function turnsOf(random: Random, channels: Channel[], total: number): Turn[] {
  const units = channels.filter(({ kind }) => kind === 'unit').length;
  const slots = channels.flatMap((channel) => Array<Channel>(quota(channel, units, total)).fill(channel));
  const times = drawTimes(random, slots.length);
  return random
    .shuffle(slots)
    .map((channel, index) => ({ channel, minutesAgo: times[index] ?? 0 }))
    .sort((a, b) => b.minutesAgo - a.minutesAgo);
}

/** Chooses the situations that were told longest ago, in this channel and everywhere. */
class Memory {
  private clock = 0;
  private readonly anywhere = new Map<string, number>();
  private readonly here = new Map<string, number>();
  private readonly counts = new Map<string, number>();

  choose(random: Random, channel: string, pool: Situation[]): Situation {
    const count = (this.counts.get(channel) ?? 0) + 1;
    this.counts.set(channel, count);
    const last = (one: Situation) => this.here.get(`${channel} ${one.id}`);
    const rested = pool.filter((one) => count - (last(one) ?? -GAP) >= GAP);
    const oldest = pool.toSorted((a, b) => (last(a) ?? -1) - (last(b) ?? -1)).slice(0, 1);
    const ranked = (rested.length ? rested : oldest).toSorted(
      (a, b) => (this.anywhere.get(a.id) ?? -1) - (this.anywhere.get(b.id) ?? -1)
    );
    const chosen = random.pick(ranked.slice(0, Math.max(1, Math.ceil(pool.length * FRESH_SHARE))));
    this.here.set(`${channel} ${chosen.id}`, count);
    this.anywhere.set(chosen.id, ++this.clock);
    return chosen;
  }
}

/** Writes the posts; no text occurs twice. */
export function tell(
  channels: Channel[],
  staff: Staff[],
  bank: Situation[],
  sceneOf: (author: Staff) => Scene,
  total: number
): Told[] {
  const random = seeded('posts');
  const memory = new Memory();
  const texts = new Set<string>();
  const pools = new Map(
    channels.map((channel) => {
      const members = membersOf(channel, staff);
      const level = LEVEL[channel.kind];
      const pool = bank.filter((one) => one.at.includes(level) && members.some((member) => speaks(member, one)));
      return [channel.id, { members, pool }];
    })
  );
  const written = new Map<string, number>();
  const exhausted = new Set<string>();
  const attempt = (members: Staff[], situation: Situation) => {
    const able = members.filter((one) => speaks(one, situation));
    const quietest = able.toSorted((a, b) => (written.get(a.person.key) ?? 0) - (written.get(b.person.key) ?? 0));
    for (let tries = 0; tries < TRIES; tries++) {
      const author = random.pick(quietest.slice(0, Math.ceil(able.length / 2)));
      const slots = slotsOf(sceneOf(author), random);
      const text = expand(situation.text, random, slots);
      if (!texts.has(text)) return { author, slots, text };
    }
    exhausted.add(situation.id);
    return undefined;
  };
  const write = ({ channel, minutesAgo }: Turn): Told => {
    const { members, pool } = pools.get(channel.id) ?? { members: [], pool: [] };
    const usable = () => pool.filter(({ id }) => !exhausted.has(id));
    for (let left = usable(); left.length > 0; left = usable()) {
      const situation = memory.choose(random, channel.id, left);
      const found = attempt(members, situation);
      if (!found) continue;
      const { author, slots, text } = found;
      const { key } = author.person;
      texts.add(text);
      written.set(key, (written.get(key) ?? 0) + 1);
      const post = { key: '', channel: channel.id, author: key, topic: situation.topic, minutesAgo, text };
      return { post, situation, author, slots };
    }
    throw new Error(`The channel ${channel.id} has too few situations and wordings`);
  };
  const told = turnsOf(random, channels, total).map(write).reverse();
  told.forEach(({ post }, index) => (post.key = `p${String(index + 1).padStart(4, '0')}`));
  return told;
}
