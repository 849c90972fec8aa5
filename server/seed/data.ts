import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import type { Topic } from '../../src/lib/domain/documents/post.ts';
import type { ReactionKind } from '../../src/lib/domain/documents/reaction.ts';
import type { ChannelInfo } from '../../src/lib/domain/documents/course.ts';

/** Rows of `data/`, written by `npm run seed:generate`. Times are relative, so that the demonstration is never stale. */

export interface AgencyRow {
  key: string;
  title: string;
  region: string;
  regionTitle?: string;
  kind: 'regional' | 'central';
}

export interface UnitRow {
  key: string;
  agency: string;
  title: string;
  region: string;
  regionTitle?: string;
}

export interface ChannelRow {
  id: string;
  title: string;
  kind: ChannelInfo['kind'];
  about: string;
  region?: string;
  agency?: string;
  unit?: string;
}

export interface PersonRow {
  key: string;
  id: string;
  name: string;
  sex: string;
  nip: string;
  status: string;
  rank: string;
  position: string;
  unit: string;
  agency: string;
  region: string;
  education: string;
  birthDate: string;
  appointmentDate: string;
  rankDate: string;
  about?: string;
  skills?: string;
  languages?: string;
  phone?: string;
  email?: string;
}

export interface PostRow {
  key: string;
  channel: string;
  author: string;
  topic: Topic;
  minutesAgo: number;
  text: string;
}

export interface CommentRow {
  post: string;
  author: string;
  minutesAgo: number;
  text: string;
}

export interface ReactionRow {
  post: string;
  author: string;
  kind: ReactionKind;
}

export interface SeedData {
  agencies: AgencyRow[];
  units: UnitRow[];
  channels: ChannelRow[];
  persons: PersonRow[];
  posts: PostRow[];
  comments: CommentRow[];
  reactions: ReactionRow[];
}

export const SEED_FOLDER = new URL('./data/', import.meta.url);

/** The demonstration data, or undefined when this copy of the program comes without. */
export async function readSeedData(folder = SEED_FOLDER): Promise<SeedData | undefined> {
  if (!existsSync(new URL('persons.json', folder))) return undefined;
  const json = async <T>(name: string): Promise<T[]> =>
    JSON.parse(await readFile(new URL(name, folder), 'utf8')) as T[];
  const lines = async <T>(name: string): Promise<T[]> =>
    (await readFile(new URL(name, folder), 'utf8'))
      .split('\n')
      .filter((line) => line.trim())
      .map((line) => JSON.parse(line) as T);
  const [agencies, units, channels, persons] = await Promise.all([
    json<AgencyRow>('agencies.json'),
    json<UnitRow>('units.json'),
    json<ChannelRow>('channels.json'),
    json<PersonRow>('persons.json')
  ]);
  const [posts, comments, reactions] = await Promise.all([
    lines<PostRow>('posts.ndjson'),
    lines<CommentRow>('comments.ndjson'),
    lines<ReactionRow>('reactions.ndjson')
  ]);
  return { agencies, units, channels, persons, posts, comments, reactions };
}

/** The texts of the courses that come along, in a fixed order. */
export async function readCourseTexts(folder = SEED_FOLDER): Promise<{ name: string; text: string }[]> {
  const place = new URL('courses/', folder);
  if (!existsSync(place)) return [];
  const names = (await readdir(place)).filter((name) => name.endsWith('.md')).sort();
  return Promise.all(names.map(async (name) => ({ name, text: await readFile(new URL(name, place), 'utf8') })));
}
