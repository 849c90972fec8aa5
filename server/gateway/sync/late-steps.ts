import { suffixOf, typeOf } from '../../../src/lib/domain/ids.ts';
import type { LateMarker } from '../../late.ts';
import type { Item, Pages } from './pages.ts';
import type { Step } from './step.ts';

/** Reactions read at once. */
const PAGE = 1_000;

async function reactionsTo(pages: Pages, database: string, post: string): Promise<Item[]> {
  const to = `reaction:${suffixOf(post)}.`;
  const found: Item[] = [];
  let from = `${to}~`;
  for (;;) {
    const page = await pages.documents(database, from, to, PAGE);
    found.push(...page.items.filter(({ id }) => id !== from));
    const last = page.items.at(-1);
    if (!page.more || !last) return found;
    from = last.id;
  }
}

/** What markers of late documents stand for: the documents that still live, of a post with its reactions. */
export async function lateSteps(pages: Pages, database: string, markers: Item[]): Promise<Map<string, Step[]>> {
  const ofMarker = new Map(markers.map(({ id, json = '{}' }) => [id, String((JSON.parse(json) as LateMarker).of)]));
  const wanted = [...new Set(ofMarker.values())];
  const found = wanted.length ? await pages.byIds(database, wanted) : [];
  const documents = new Map<string, Item[]>();
  for (const item of found) {
    const reactions = typeOf(item.id) === 'post' ? await reactionsTo(pages, database, item.id) : [];
    documents.set(item.id, [item, ...reactions]);
  }
  return new Map([...ofMarker].map(([marker, id]) => [marker, documents.get(id) ?? []]));
}
