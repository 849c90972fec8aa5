import type { OwnDocument } from '$lib/domain/documents/index';
import { advance, describeSelf, newComment, newPost, react, rewrite, showField } from '$lib/domain/documents/compose';
import { docId, suffixOf } from '$lib/domain/ids';
import { REACTIONS, type OwnReaction } from '$lib/domain/documents/reaction';
import { NoSpace } from '$lib/store/index';
import type { OwnProfile } from '$lib/domain/documents/profile';
import type { Progress } from '$lib/domain/documents/progress';
import type { Tab } from './tab.ts';
import type { Made, World } from './world.ts';

/** What a person does in the app: composes from what her screen shows, and keeps it. */

const at = <T>(all: readonly T[], which: number): T | undefined => all[which % all.length];

/** A text that is like no other of the schedule; now and then a long one. */
function someText(world: World, which: number): string {
  const text = `kata ${++world.texts}`;
  return which % 13 === 0 ? `${text} ${'panjang '.repeat(600)}` : text;
}

const mine = (world: World, tab: Tab, ...types: Made['type'][]): Made[] =>
  world.made.filter(({ person, type }) => person === tab.device.person && types.includes(type));

/** A document that she wrote earlier, as the screen of this tab shows it. */
async function shown<T extends OwnDocument>(tab: Tab, made: Made | undefined): Promise<T | undefined> {
  return made && (await tab.store.ownItem<T>(made.id))?.doc;
}

/** Some post that this tab shows, whoever wrote it. */
async function somePost(world: World, tab: Tab, which: number) {
  const posts = world.made.filter(({ type }) => type === 'post');
  const made = at(posts, which);
  return made && tab.store.post(made.id);
}

/** The document to write, and the one it is made from. */
type Composed = { doc: OwnDocument; before?: OwnDocument } | undefined;
type Compose = (world: World, tab: Tab, which: number) => Promise<Composed>;

const again = (world: World, before: OwnDocument | undefined, which: number): Composed => {
  if (before?.type !== 'post' && before?.type !== 'comment') return undefined;
  return { doc: rewrite(before, someText(world, which)), before };
};

export const COMPOSE = {
  post: async (world, _tab, which) => ({
    doc: newPost(at(world.channels, which) ?? '', 'cerita', someText(world, which))
  }),
  comment: async (world, tab, which) => {
    const post = await somePost(world, tab, which);
    return post && { doc: newComment(post.channel, post.id, someText(world, which)) };
  },
  react: async (world, tab, which) => {
    const post = await somePost(world, tab, which);
    if (!post) return undefined;
    const { person } = tab.device;
    const id = docId('reaction', suffixOf(post.id), person);
    const before = (await tab.store.ownItem<OwnReaction>(id))?.doc;
    const kind = at([...REACTIONS, null], which >> 2) ?? null;
    return { doc: react(person, post.channel, post.id, kind, before), before };
  },
  rewrite: async (world, tab, which) =>
    again(world, await shown(tab, at(mine(world, tab, 'post', 'comment'), which)), which),
  stale: async (world, tab, which) => again(world, world.remembered.get(tab.device), which),
  describe: async (world, tab, which) => {
    const { person } = tab.device;
    const before = (await tab.store.ownItem<OwnProfile>(docId('profile', person)))?.doc;
    const field = which % 2 ? 'about' : 'skills';
    return { doc: describeSelf(person, before, field, someText(world, which)), before };
  },
  show: async (_world, tab, which) => {
    const { person } = tab.device;
    const before = (await tab.store.ownItem<OwnProfile>(docId('profile', person)))?.doc;
    return { doc: showField(person, before, 'about', which % 2 ? 'agency' : 'self'), before };
  },
  advance: async (_world, tab, which) => {
    // A course of her own, so that every id of the schedule belongs to one person.
    const { person } = tab.device;
    const before = (await tab.store.ownItem<Progress>(docId('progress', person)))?.doc;
    const place = { chapter: `bab-${which % 5}`, fraction: 0.5 };
    return { doc: advance(docId('course', person), before, place, which % 2 === 0), before };
  }
} satisfies Record<string, Compose>;

export type Writing = keyof typeof COMPOSE;

/** Composes and keeps; what was acknowledged is on the screen of this tab at once. */
export async function write(world: World, tab: Tab, writing: Writing, which: number): Promise<void> {
  await world.during(tab, writing, async () => {
    const compose: Compose = COMPOSE[writing];
    const composed = await compose(world, tab, which);
    if (!composed || tab.dead) return;
    const { doc, before } = composed;
    const attempt = world.ledger.write(tab.device, doc, before);
    const isKnown = world.made.some(({ id }) => id === doc._id);
    if (!isKnown) world.made.push({ id: doc._id, type: doc.type, person: tab.device.person });
    try {
      await tab.store.write(doc);
    } catch (error) {
      attempt.refused = error instanceof NoSpace;
      throw error;
    }
    if (tab.dead) return;
    attempt.acknowledged = true;
    tab.now();
    // Before the reading: meanwhile another tab may be promised more.
    const kept = world.ledger.kept(doc._id, tab.device);
    const item = await tab.store.ownItem(doc._id);
    if (tab.dead) return;
    if (item) world.problems.push(...world.ledger.missing(item.doc, kept).map((one) => `at once: ${one}`));
    else if (!world.ledger.isRemoved(doc._id)) world.problems.push(`at once: ${doc._id} is not there`);
  });
}

/** Removes a post or comment. */
export async function discard(world: World, tab: Tab, which: number): Promise<void> {
  await world.during(tab, 'discard', async () => {
    const made = at(mine(world, tab, 'post', 'comment'), which);
    const doc = await shown(tab, made);
    if (!made || !doc || tab.dead) return;
    const removal = world.ledger.remove(doc);
    await tab.store.discard(made.id);
    if (tab.dead) return;
    removal.acknowledged = true;
    const waiting = (await tab.store.pending()).find(({ id, doc }) => id === made.id && 'deleted' in doc);
    removal.edit = waiting?.edit;
    tab.now();
  });
}

/** Opens a post or comment in an editor, to be written on later. */
export async function remember(world: World, tab: Tab, which: number): Promise<void> {
  await world.during(tab, 'remember', async () => {
    const doc = await shown(tab, at(mine(world, tab, 'post', 'comment'), which));
    if (doc) world.remembered.set(tab.device, doc);
  });
}
