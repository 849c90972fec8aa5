import { BANK } from './banks/index.ts';
import { discuss, react } from './comments.ts';
import { channelsOf, organise, type Office } from './organisations.ts';
import { employ } from './persons.ts';
import { tell } from './posts.ts';
import type { Regions } from './regions.ts';
import type { Scene } from './slots.ts';
import type { Agency, Staff } from './types.ts';

export const COUNTS = { posts: 2_000, comments: 1_500, reactions: 4_000 };

const json = (rows: object[]) => `[\n${rows.map((row) => `  ${JSON.stringify(row)}`).join(',\n')}\n]\n`;
const ndjson = (rows: object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

/** Where each person's texts are set. */
function scenes(staff: Staff[], agencies: Agency[], offices: Office[], regions: Regions): (author: Staff) => Scene {
  const districts = new Map(agencies.map(({ key, region }) => [key, regions.below(region)]));
  const homes = new Map(offices.map((office) => [office.unit.key, office]));
  const colleagues = Map.groupBy(staff, ({ person }) => person.unit);
  return (author) => {
    const { unit, agency } = author.person;
    const home = homes.get(unit);
    return {
      author,
      unit: home?.unit.title ?? '',
      place: home?.place ?? '',
      colleagues: colleagues.get(unit) ?? [],
      districts: districts.get(agency) ?? []
    };
  };
}

/** The whole demonstration data as files of `server/seed/data`, by name; the same on every machine. */
export function compose(regions: Regions): Record<string, string> {
  const { agencies, offices } = organise(regions);
  const channels = channelsOf(agencies, offices);
  const staff = employ(offices);
  const sceneOf = scenes(staff, agencies, offices, regions);
  const told = tell(channels, staff, BANK, sceneOf, COUNTS.posts);
  const comments = discuss(told, channels, staff, sceneOf, COUNTS.comments);
  return {
    'agencies.json': json(agencies),
    'units.json': json(offices.map(({ unit }) => unit)),
    'channels.json': json(channels),
    'persons.json': json(staff.map(({ person }) => person)),
    'posts.ndjson': ndjson(told.map(({ post }) => post)),
    'comments.ndjson': ndjson(comments),
    'reactions.ndjson': ndjson(react(told, channels, staff, COUNTS.reactions))
  };
}
