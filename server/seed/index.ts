import { directoryDatabase, channelDatabase, personDatabase, REGISTRY } from '../../src/lib/domain/databases.ts';
import type { Couch, CouchRole } from '../couch/types.ts';
import { profileCopy } from '../courier/index.ts';
import { publishEvents } from '../learning/events/publish.ts';
import { publishCourse, readMarkdown } from '../learning/index.ts';
import type { MediaStore } from '../media/types.ts';
import { CouchError, openDatabase, type Unsaved } from '../registry/database.ts';
import { hashPassword } from '../registry/password.ts';
import type { Registry } from '../registry/types.ts';
import { DEMO_ACCOUNTS } from './accounts.ts';
import { readCourseTexts, readSeedData, type SeedData } from './data.ts';
import { readSeedEvents } from './events.ts';
import { feedDocuments } from './feed.ts';
import { demoPersons, ownProfileOf, type DemoPerson } from './persons.ts';
import { loadTakers } from './takers.ts';

export { DEMO_ACCOUNTS } from './accounts.ts';

const MARKER = 'seed:demo';
const CHUNK = 500;
const DAY = 86_400_000;

/** What has been loaded. `base` is fixed at the first try: ids hold times, and a second try must make the same ids. */
interface Marker extends Unsaved {
  type: 'seed';
  base: number;
  done: string[];
}

export interface DemoOptions {
  couch: Couch;
  registry: Registry;
  media: MediaStore;
  log(message: string): void;
  /** Where the data stand; the default is `data/` beside this file. */
  folder?: URL;
}

/** Loads the demonstration once, step by step; whatever stops it, the next start goes on with the step it was at. */
export async function ensureDemo({ couch, registry, media, log, folder }: DemoOptions): Promise<void> {
  await couch.provision(REGISTRY);
  const markers = openDatabase(couch, 'admin', REGISTRY);
  const marker = (await markers.get<Marker>(MARKER)) ?? { _id: MARKER, type: 'seed', base: Date.now(), done: [] };
  if (marker.done.includes('all')) return;
  const data = await readSeedData(folder);
  if (!data) return log('demo: server/seed/data is empty; nothing was loaded');
  await save();

  const { base } = marker;
  const persons = demoPersons(data, base);
  await step('persons', () => loadPersons(registry, persons, log));
  await step('directory', () => loadDirectory(couch, persons, base));
  await step('feed', () => loadFeed(couch, data, persons, base, log));
  await step('courses', () => loadCourses({ couch, media }, base, log, folder));
  await step('events', async () => publishEvents(couch, await readSeedEvents(base, folder)));
  await step('takers', () => loadTakers(couch, persons.values(), base));
  await step('profiles', () => loadProfiles(couch, registry, persons, base));
  await step('all', async () => log('demo: everything is loaded'));

  async function step(name: string, load: () => Promise<void>): Promise<void> {
    if (marker.done.includes(name)) return;
    await load();
    marker.done = [...marker.done, name];
    await save();
  }

  async function save(): Promise<void> {
    marker._rev = (await markers.put(marker)).rev;
  }
}

/** Only those who may sign in get a password; the other persons exist for their posts and profiles. */
async function loadPersons(registry: Registry, persons: Map<string, DemoPerson>, log: DemoOptions['log']) {
  const hashes = new Map<string, string>();
  for (const { personKey, password } of DEMO_ACCOUNTS) hashes.set(personKey, await hashPassword(password));
  await registry.addPersons([...persons].map(([key, { person }]) => ({ person, passwordHash: hashes.get(key) ?? '' })));
  log(`demo: ${persons.size} persons`);
}

async function loadDirectory(couch: Couch, persons: Map<string, DemoPerson>, base: number): Promise<void> {
  const at = new Date(base).toISOString();
  for (const [agency, group] of Map.groupBy(persons.values(), ({ person }) => person.agency)) {
    const copies = group.map((demo) => profileCopy(demo.person, at, ownProfileOf(demo, base)));
    await writeAll(couch, 'courier', directoryDatabase(agency), copies);
  }
}

async function loadFeed(
  couch: Couch,
  data: SeedData,
  persons: Map<string, DemoPerson>,
  base: number,
  log: DemoOptions['log']
): Promise<void> {
  const channels = feedDocuments(data, persons, base);
  const total = [...channels.values()].reduce((sum, docs) => sum + docs.length, 0);
  let written = 0;
  for (const [channel, docs] of channels) {
    await writeAll(couch, 'courier', channelDatabase(channel), docs);
    written += docs.length;
    log(`demo: ${written} of ${total} posts, comments and reactions`);
  }
}

async function loadCourses(
  target: { couch: Couch; media: MediaStore },
  base: number,
  log: DemoOptions['log'],
  folder?: URL
): Promise<void> {
  const courses = await readCourseTexts(folder);
  for (const [index, { name, text }] of courses.entries()) {
    const imported = await readMarkdown(text).catch((error: unknown) => {
      throw new Error(`Demonstration course ${name}: ${String(error)}`);
    });
    await publishCourse(target, imported, {
      publisher: imported.course.publisher ?? 'Pengelola SmartASN Nasional',
      publishedAt: new Date(base - (2 + index * 3) * DAY).toISOString()
    });
  }
  log(`demo: ${courses.length} courses`);
}

/** Those who sign in find what they said about themselves in their own database, or their first edit would lose it. */
async function loadProfiles(couch: Couch, registry: Registry, persons: Map<string, DemoPerson>, base: number) {
  for (const { personKey } of DEMO_ACCOUNTS) {
    const demo = persons.get(personKey);
    if (!demo) continue;
    await registry.openPersonDatabase(demo.person);
    await writeAll(couch, 'gateway', personDatabase(demo.person.id), [ownProfileOf(demo, base)]);
  }
}

/** Writes documents in chunks; those that an interrupted load has left are the same and stay. */
async function writeAll(couch: Couch, role: CouchRole, name: string, docs: Unsaved[]): Promise<void> {
  await couch.provision(name);
  const database = openDatabase(couch, role, name);
  for (let start = 0; start < docs.length; start += CHUNK) {
    const rows = await database.bulk(docs.slice(start, start + CHUNK));
    const failed = rows.find((row) => row.error && row.error !== 'conflict');
    if (failed) throw new CouchError(403, `/${name}/${failed.id}`, failed);
  }
}
