import type { OwnPost, Topic } from '$lib/domain/documents/post';
import { currentText } from '$lib/domain/merge/text-register';
import type { FeedEntry } from '$lib/store/store-api';
import type { Live, Store } from '$lib/store/types';
import { alsoKeep } from '../session/leaving';
import type { Open } from '../session/states';
import { Part } from './part.svelte';
import { PAGE, readEcho, readPart, type Filter } from './read-part';

/** What is nearer to the screen than this is in the document, px. */
const MARGIN = 800;

/** Scrolling is followed in steps of this size, px. */
const STEP = 100;

/** So near to the beginning a reader is at the top, px. */
const TOP = 8;

/** A feed without its posts, to be found again after a lock. */
export interface Outline {
  channel: string;
  topic: Topic | 'all';
  held?: number;
  parts: { before?: number; from?: number; height: number; count: number }[];
}

/** A part in the document: with the empty height above it and the number of its first post. */
export interface Placed {
  part: Part;
  gap: number;
  first: number;
}

/**
 * The feed as filtered by the person: a chain of parts, of which only those near the screen are read and drawn. It
 * outlives the page, so that who comes back finds her place.
 */
export class Feed {
  /** A channel, or everything that this person follows. */
  channel = $state('all');
  topic = $state<Topic | 'all'>('all');
  /** From the newest to the oldest post that was reached. */
  parts = $state.raw([new Part(Infinity)]);
  /** The part that has the keyboard focus: it stays in the document wherever the screen is. */
  focused = $state.raw<Part>();
  /** While a person reads below the top, posts newer than this time (ms) wait, so that nothing moves under her eyes. */
  held = $state<number>();
  /** How far the top of the screen was below the top of the feed, px. */
  place = 0;
  #y = $state(0);
  #viewport = $state(0);
  /** Posts that the person has just written, until a reading that began after them says where they stand. */
  #written: FeedEntry[] = [];
  readonly #store: Store;

  constructor(store: Store, outline?: Outline) {
    this.#store = store;
    if (!outline) return;
    this.channel = outline.channel;
    this.topic = outline.topic;
    this.held = outline.held;
    this.parts = outline.parts.map((part) => Part.of(part.before ?? Infinity, part));
  }

  get outline(): Outline {
    const { channel, topic, held } = this;
    const parts = this.parts.map(({ before, from, height, count }) => {
      return { ...(before !== Infinity && { before }), from, height, count };
    });
    return { channel, topic, held, parts };
  }

  get #filter(): Filter {
    return {
      channels: this.channel === 'all' ? undefined : [this.channel],
      topic: this.topic === 'all' ? undefined : this.topic
    };
  }

  /** Parts near the screen from top to bottom, and the height below the last of them. */
  get window(): { placed: Placed[]; below: number } {
    const [above, below] = [this.#y - MARGIN, this.#y + this.#viewport + MARGIN];
    const placed: Placed[] = [];
    let [top, end, first] = [0, 0, 1];
    for (const part of this.parts) {
      const bottom = top + part.height;
      if ((bottom >= above && top <= below) || part === this.focused) {
        placed.push({ part, gap: top - end, first });
        end = bottom;
      }
      top = bottom;
      first += part.count;
    }
    return { placed, below: top - end };
  }

  filter(channel: string, topic: Topic | 'all'): void {
    this.channel = channel;
    this.topic = topic;
    this.parts = [new Part(Infinity)];
    this.#y = 0;
    this.release();
  }

  /** Says how high the screen is, px. */
  resize(viewport: number): void {
    this.#viewport = viewport;
  }

  /** Says where the screen is: below the top of the feed, and below the top of the page, px. */
  see(place: number, scrolled: number): void {
    this.place = place;
    if (Math.abs(place - this.#y) >= STEP) this.#y = place;
    if (scrolled <= TOP) this.release();
    else this.held ??= newest(this.parts[0]?.entries);
  }

  /** Shows what waited above. */
  release(): void {
    this.held = undefined;
  }

  /** Whether a post may be shown now. What the person wrote herself never waits. */
  shows(entry: FeedEntry): boolean {
    return this.held === undefined || entry.own !== undefined || entry.at <= this.held;
  }

  /** Shows a new post that the store has kept; reading the top again takes longer than a person notices a delay. */
  wrote(doc: OwnPost): void {
    const { channels = [doc.channel], topic = doc.topic } = this.#filter;
    const top = this.parts[0];
    if (!channels.includes(doc.channel) || topic !== doc.topic || !top?.entries) return;
    const own = { doc, state: { kind: 'waiting' } } as const;
    const { _id: id, channel } = doc;
    const entry: FeedEntry = { id, channel, topic, text: currentText(doc.body), at: Date.parse(doc.createdAt), own };
    this.#written = [entry, ...this.#written];
    top.show(withNew(this.#written, top.entries));
  }

  /** Keeps a part as it is in the store until the returned function is called. */
  follow(part: Part): () => void {
    const filter = this.#filter;
    const failed = () => (part.failed = true);
    let followed = '';
    let endEcho = (): void => undefined;
    const listen = (): void => {
      const ids = part.entries?.map((entry) => entry.id) ?? [];
      if (ids.join() === followed) return;
      followed = ids.join();
      endEcho();
      endEcho = this.#store.live(() => readEcho(this.#store, ids)).subscribe((echo) => (part.echo = echo), failed);
    };
    const end = this.#store
      .live(async () => {
        const written = part === this.parts[0] ? this.#written : [];
        return { ...(await readPart(this.#store, filter, part)), written };
      })
      .subscribe(({ entries, cut, rest, written }) => {
        part.failed = false;
        this.#written = this.#written.filter((entry) => !written.includes(entry));
        part.show(part === this.parts[0] ? withNew(this.#written, entries) : entries);
        listen();
        if (cut === undefined) return;
        const lower = new Part(cut, part.from);
        if (rest.length) lower.show(rest);
        part.from = cut;
        this.parts = this.parts.flatMap((each) => (each === part ? [part, lower] : [each]));
      }, failed);
    return () => {
      end();
      endEcho();
    };
  }

  /** Forgets the posts of all parts that are not in the document. */
  forget(): void {
    const near = this.window.placed.map(({ part }) => part);
    for (const part of this.parts) if (!near.includes(part)) part.forget();
  }

  /** How many posts wait above; a page of them is as much as anybody needs to know. */
  newer(held: number): Live<{ held: number; count: number; more: boolean }> {
    const query = { ...this.#filter, from: held + 1, limit: PAGE };
    return this.#store.live(async () => {
      const { entries, next } = await this.#store.feedPage(query);
      return { held, count: entries.filter((entry) => !entry.own).length, more: next !== undefined };
    });
  }
}

/** Puts what was just written above everything that was read. */
function withNew(written: FeedEntry[], entries: FeedEntry[]): FeedEntry[] {
  const ids = new Set(entries.map((entry) => entry.id));
  return [...written.filter((entry) => !ids.has(entry.id)), ...entries];
}

/** The server's newest time among posts; those that it has not received have none. */
function newest(entries: FeedEntry[] = []): number | undefined {
  const times = entries.filter((entry) => entry.by).map((entry) => entry.at);
  return times.length ? Math.max(...times) : undefined;
}

const feeds = new WeakMap<Store, Feed>();

/** The feed of an unlocked person; it begins as it was before a lock. */
export function feedOf({ store, resumed }: Pick<Open, 'store' | 'resumed'>): Feed {
  const known = feeds.get(store);
  if (known) return known;
  // What was kept was written by `outline`, sealed.
  const feed = new Feed(store, resumed?.parts.feed as Outline | undefined);
  feeds.set(store, feed);
  alsoKeep('feed', () => feed.outline);
  return feed;
}
