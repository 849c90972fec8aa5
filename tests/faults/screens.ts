import { OWN_SCHEMAS, type OwnDocument, type OwnType } from '$lib/domain/documents/index';
import { isRefusal } from '$lib/domain/documents/receipt';
import type { FeedEntry, ItemState, ReactionSummary, ThreadEntry } from '$lib/store/types';
import { canonical } from '$lib/domain/merge/canonical';
import type { Tab } from './tab.ts';
import type { Own, Truth } from './truth.ts';
import type { World } from './world.ts';

const OWN_TYPES = Object.keys(OWN_SCHEMAS) as OwnType[];
const EVERYTHING = 10_000;

/** The state that an own item has to have, now that everything has arrived. */
function stateOf({ receipts }: Own, doc: OwnDocument): ItemState {
  const receipt = receipts.get(doc._id);
  if (receipt?.edit !== doc.edit) return { kind: 'sent' };
  if (receipt.status === 'delivered') return { kind: 'delivered', at: receipt.at };
  return { kind: 'refused', reason: isRefusal(receipt.reason) ? receipt.reason : 'server-refused' };
}

/** What a tab would show, compared with what is on the server. */
export async function wrongScreens(world: World, tab: Tab, truth: Truth): Promise<string[]> {
  const own = truth.own.get(tab.device.person);
  if (!own) return [];
  const { entries } = await tab.store.feedPage({ limit: EVERYTHING });
  const problems = [...(await wrongItems(tab, own)), ...wrongFeed(entries, truth, own)];
  const posts = entries.map(({ id }) => id);
  const counts = await tab.store.commentCounts(posts);
  const reactions = await tab.store.reactions(posts);
  for (const post of posts) {
    const thread = await tab.store.thread(post);
    if (counts.get(post) !== thread.length) problems.push(`the comments on ${post} are counted wrongly`);
    problems.push(...wrongThread(thread, post, truth, own), ...wrongReactions(reactions.get(post), post, truth, own));
  }
  for (const { id } of world.persons) {
    const shown = await tab.store.person(world.agency, id);
    const expected = truth.directory.get(`profile:${id}`);
    if (canonical({ shown }) !== canonical({ shown: expected })) problems.push(`the profile of ${id} is another one`);
  }
  return problems.map((problem) => `${tab.device.name}: ${problem}`);
}

async function wrongItems(tab: Tab, own: Own): Promise<string[]> {
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const type of OWN_TYPES) {
    for (const { doc, state } of await tab.store.ownItems(type)) {
      seen.add(doc._id);
      const expected = own.docs.get(doc._id);
      if (!expected) problems.push(`${doc._id} is here and not on the server (${state.kind})`);
      else if (canonical(doc) !== canonical(expected)) problems.push(`${doc._id} is not what the server has`);
      else if (canonical(state) !== canonical(stateOf(own, doc)))
        problems.push(`${doc._id} shows ${JSON.stringify(state)} instead of ${JSON.stringify(stateOf(own, doc))}`);
    }
  }
  for (const id of own.docs.keys()) if (!seen.has(id)) problems.push(`${id} is on the server and not here`);
  return problems;
}

/** Entries that came from the channel, as `id text at author edited`; a refused edit of an own one shows her words. */
const shownAs = ({ id, text, at, by, own, ...rest }: FeedEntry | ThreadEntry): string => {
  const words = own?.state.kind === 'refused' ? '' : text;
  return JSON.stringify([id, words, at, by?.id, 'editedAt' in rest ? rest.editedAt : undefined]);
};

function differences(what: string, shown: string[], expected: string[]): string[] {
  if (shown.join() === expected.join()) return [];
  const extra = shown.filter((one) => !expected.includes(one));
  const lacking = expected.filter((one) => !shown.includes(one));
  const told = [
    ...extra.map((one) => `shows ${one.slice(0, 150)}`),
    ...lacking.map((one) => `lacks ${one.slice(0, 150)}`)
  ];
  return [`${what} ${told.join('; ') || 'is in another order'}`];
}

type Delivered = { _id: string; text: string; receivedAt: string; by: { id: string }; editedAt?: string };

const deliveredAs = (doc: Delivered, own: Own): string => {
  const isRefused = own.receipts.get(doc._id)?.status === 'refused';
  return JSON.stringify([doc._id, isRefused ? '' : doc.text, Date.parse(doc.receivedAt), doc.by.id, doc.editedAt]);
};

function wrongFeed(entries: FeedEntry[], truth: Truth, own: Own): string[] {
  const posts = [...truth.delivered.values()]
    .filter((doc) => doc.type === 'post')
    .sort((a, b) => Date.parse(b.receivedAt) - Date.parse(a.receivedAt) || (a._id < b._id ? 1 : -1));
  const lonely = entries.filter(({ by, own }) => !by && own?.state.kind !== 'refused');
  return [
    ...differences(
      'the feed',
      entries.filter(({ by }) => by).map(shownAs),
      posts.map((doc) => deliveredAs(doc, own))
    ),
    ...lonely.map(({ id }) => `${id} stands in the feed without having been delivered`)
  ];
}

function wrongThread(thread: ThreadEntry[], post: string, truth: Truth, own: Own): string[] {
  const comments = [...truth.delivered.values()]
    .filter((doc) => doc.type === 'comment')
    .filter((doc) => doc.post === post)
    .sort((a, b) => Date.parse(a.receivedAt) - Date.parse(b.receivedAt) || (a._id < b._id ? -1 : 1));
  return differences(
    `the thread of ${post}`,
    thread.filter(({ by }) => by).map(shownAs),
    comments.map((doc) => deliveredAs(doc, own))
  );
}

function wrongReactions(shown: ReactionSummary | undefined, post: string, truth: Truth, own: Own): string[] {
  if (shown?.mine?.state.kind === 'refused') return [];
  const counts = { suka: 0, 'terima-kasih': 0, bermanfaat: 0 };
  for (const doc of truth.delivered.values()) if (doc.type === 'reaction' && doc.post === post) counts[doc.kind] += 1;
  const mine = [...own.docs.values()].find((doc) => doc.type === 'reaction' && doc.post === post);
  const isMine = canonical({ doc: shown?.mine?.doc }) === canonical({ doc: mine });
  if (isMine && shown && canonical(shown.counts) === canonical(counts)) return [];
  return [`the reactions to ${post} are ${JSON.stringify(shown?.counts)}, not ${JSON.stringify(counts)}`];
}
