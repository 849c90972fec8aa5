import { edited, ownPost, receiptOf, someVault } from './testing/fixtures';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeOwn } from '$lib/domain/documents/index';
import type { OwnPost } from '$lib/domain/documents/post';
import { newEdit } from '$lib/domain/ids';
import { openStore, type OutboxEntry, type Store } from './index';

/**
 * Two tabs write, edit and discard while sync takes, pushes, crashes and pulls, another device edits the same posts
 * and the courier answers: in random order, several at a time. What was acknowledged must be there, and what the items
 * say about themselves must be true.
 */

const STEPS = [
  'write',
  'edit',
  'editStale',
  'discard',
  'take',
  'push',
  'pushThenCrash',
  'pull',
  'remoteEdit',
  'deliver'
] as const;
type Step = { what: (typeof STEPS)[number]; pick: number; tab: number };
const BY_SYNC = new Set<Step['what']>(['take', 'push', 'pushThenCrash', 'pull']);

const textsOf = (doc: OwnPost): string[] => doc.body.versions.map(({ text }) => text);
const isPost = (doc: OutboxEntry['doc']): doc is OwnPost => 'type' in doc && doc.type === 'post';

class World {
  /** The person's database on the server, and what the courier delivered of each edit. */
  readonly server = new Map<string, OwnPost>();
  readonly removed = new Map<string, string>();
  readonly delivered = new Map<string, string[]>();
  /** Texts that were acknowledged and that nobody has replaced or discarded knowingly. */
  readonly owed = new Map<string, string>();
  readonly snapshots: OwnPost[] = [];
  taken: OutboxEntry[] = [];
  readonly tabs: Store[];
  private serial = 0;

  constructor(tabs: Store[]) {
    this.tabs = tabs;
  }

  tab = (n: number): Store => this.tabs[n % this.tabs.length] as Store;

  private settled(doc: OwnPost): OwnPost {
    const there = this.server.get(doc._id);
    if (!there) return doc;
    const both = mergeOwn(there, doc);
    const isNew = [there, doc].every((one) => JSON.stringify(mergeOwn(one, one)) !== JSON.stringify(both));
    return isNew ? { ...both, edit: newEdit(both.edit) } : both;
  }

  private acknowledged(doc: OwnPost, text: string, replaces: string[]): void {
    for (const old of replaces) this.owed.delete(old);
    this.owed.set(text, doc._id);
    this.snapshots.push(doc);
  }

  private async change(tab: Store, seen: OwnPost | undefined): Promise<void> {
    const text = `teks-${(this.serial += 1)}`;
    const doc = seen ? edited(seen, text) : ownPost(text);
    this.acknowledged(await tab.write(doc), text, seen ? textsOf(seen) : []);
  }

  /** Another device replaces what it sees on the server. */
  private changeElsewhere(seen: OwnPost): void {
    for (const text of textsOf(seen)) this.owed.delete(text);
    this.server.set(seen._id, edited(seen, `jauh-${(this.serial += 1)}`));
  }

  private async push(): Promise<string[]> {
    for (const { id, doc, edit } of this.taken) {
      if (isPost(doc)) {
        const isRemoved = (this.removed.get(id) ?? '') >= doc.edit && !this.server.has(id);
        if (!isRemoved) this.server.set(id, this.settled(doc));
      } else if (edit >= (this.server.get(id)?.edit ?? '')) {
        this.server.delete(id);
        this.removed.set(id, edit);
      }
    }
    return this.taken.map(({ edit }) => edit);
  }

  private pull(): Promise<void> {
    const docs = [...this.server.values()];
    const receipts = docs.filter((doc) => this.delivered.has(doc.edit)).map((doc) => receiptOf(doc, Date.now()));
    const deleted = [...this.removed.keys()].filter((id) => !this.server.has(id));
    return this.tab(0).applyOwn({ docs: [...docs, ...receipts], deleted });
  }

  async run({ what, pick, tab }: Step): Promise<void> {
    const store = this.tab(tab);
    const onServer = [...this.server.values()][pick % Math.max(1, this.server.size)];
    if (what === 'write') return this.change(store, undefined);
    if (what === 'edit' || what === 'discard') {
      const items = await store.ownItems('post');
      const doc = items[pick % Math.max(1, items.length)]?.doc;
      if (what === 'edit') return this.change(store, doc);
      if (!doc) return undefined;
      for (const [text, id] of this.owed) if (id === doc._id) this.owed.delete(text);
      return store.discard(doc._id);
    }
    if (what === 'editStale') return this.change(store, this.snapshots[pick % Math.max(1, this.snapshots.length)]);
    if (what === 'take') this.taken = await store.pending();
    if (what === 'push') await this.tab(0).acknowledge(await this.push());
    if (what === 'pushThenCrash') await this.push();
    if (what === 'pull') return this.pull();
    if (what === 'remoteEdit' && onServer) this.changeElsewhere(onServer);
    if (what === 'deliver' && onServer) this.delivered.set(onServer.edit, textsOf(onServer));
    return undefined;
  }

  /** Every owed text is in the outbox or on the server; whatever is in the outbox is on the screen. */
  async check(): Promise<void> {
    const pending = (await this.tab(1).pending()).map(({ doc }) => doc);
    const kept = new Set([...pending.filter(isPost), ...this.server.values()].flatMap(textsOf));
    expect([...this.owed.keys()].filter((text) => !kept.has(text))).toEqual([]);
    for (const { doc, state } of await this.tab(1).ownItems('post')) {
      const waiting = pending.find(({ _id }) => _id === doc._id);
      expect(state.kind === 'waiting').toBe(waiting !== undefined);
      if (waiting && isPost(waiting)) expect(mergeOwn(doc, waiting).body).toEqual(doc.body);
      if (state.kind === 'delivered') expect(this.delivered.get(doc.edit)).toEqual(textsOf(doc));
    }
  }

  /** Once everything has been exchanged, screen and server say the same and nothing waits. */
  async finish(): Promise<void> {
    this.taken = await this.tab(0).pending();
    await this.tab(0).acknowledge(await this.push());
    for (const doc of this.server.values()) this.delivered.set(doc.edit, textsOf(doc));
    await this.pull();
    const items = await this.tab(1).ownItems('post');
    expect(await this.tab(1).pending()).toEqual([]);
    expect(new Set(items.map(({ state }) => state.kind))).toEqual(new Set(items.length ? ['delivered'] : []));
    expect(new Map(items.map(({ doc }) => [doc._id, textsOf(doc)]))).toEqual(
      new Map([...this.server.values()].map((doc) => [doc._id, textsOf(doc)]))
    );
    expect(items.flatMap(({ doc }) => textsOf(doc))).toEqual(expect.arrayContaining([...this.owed.keys()]));
  }
}

/** Steps that happen at the same time: at most one of sync's, and none that the model could not tell apart. */
const rounds = fc.array(
  fc
    .array(fc.record({ what: fc.constantFrom(...STEPS), pick: fc.nat(20), tab: fc.nat(1) }), {
      minLength: 1,
      maxLength: 3
    })
    .map((steps) => {
      const sync = steps.find(({ what }) => BY_SYNC.has(what));
      const others = steps.filter(({ what }) => !BY_SYNC.has(what) && what !== 'discard' && what !== 'edit');
      const [alone] = steps.filter(({ what }) => what === 'discard' || what === 'edit');
      return [...(sync ? [sync] : []), ...(alone ? [alone] : others)];
    }),
  { maxLength: 18 }
);

test('no order of writing, sync and crashes loses an acknowledged text or makes a state untrue', async () => {
  await fc.assert(
    fc.asyncProperty(rounds, async (steps) => {
      const vault = await someVault();
      const world = new World([await openStore(vault), await openStore(vault)]);
      for (const round of steps) {
        await Promise.all(round.map((step) => world.run(step)));
        await world.check();
      }
      await world.finish();
      for (const tab of world.tabs) tab.close();
      indexedDB.deleteDatabase(`smartasn-${vault.slot.id}`);
    }),
    { numRuns: 60 }
  );
}, 60_000);
