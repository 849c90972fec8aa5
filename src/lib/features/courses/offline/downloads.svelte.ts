import type { Course } from '$lib/domain/documents/course';
import { NoSpace, type Store } from '$lib/store/types';
import { asksBefore, hearLink, waitsForWifi } from '$lib/sync/link-kind';
import { MediaFailed } from '$lib/sync/media-failed';
import type { DownloadProgress, SyncStatus } from '$lib/sync/types';
import { toasts } from '$lib/ui';
import { m } from '$lib/paraglide/messages';
import { stopOnLeave } from '../../session/leaving';
import { changeList, readList, withCourses, withoutCourse, withPaused, type Listed } from './download-list';
import { downloadWords } from './download-words';
import { oneAtATime } from './turn';

/** Where the download of a course stands. */
export type Download =
  | { kind: 'running'; progress: DownloadProgress }
  | { kind: 'waiting' }
  | { kind: 'wifi' }
  | { kind: 'paused' }
  | { kind: 'stopped'; words: string; full: boolean };

type Trouble = Extract<Download, { kind: 'stopped' }>;

/**
 * Takes the courses of the list along, one after the other, in one tab of this browser at a time. What stands in the
 * way of one course stops that one; a lost signal or a full disk stops all until it has passed.
 */
class Downloads {
  #list = $state.raw<Listed[]>([]);
  #running = $state.raw<{ id: string; progress: DownloadProgress; stop: AbortController }>();
  #trouble = $state.raw<ReadonlyMap<string, Trouble>>(new Map());
  #forWifi = $state(false);
  /** Nothing goes on by itself: the person saves data and has not been asked since she came. */
  #held = $state(false);
  #haltedAt = $state<number>();
  #store: Store | undefined;
  #begun: Promise<void> | undefined;
  #pumping = false;

  /** Courses that are on the way, in order. */
  get list(): string[] {
    return this.#list.map(({ id }) => id);
  }

  /** Where a course stands; undefined when it is not on the list. */
  of(id: string): Download | undefined {
    const listed = this.#list.find((one) => one.id === id);
    if (!listed) return undefined;
    if (this.#running?.id === id) return { kind: 'running', progress: this.#running.progress };
    const trouble = this.#trouble.get(id);
    if (trouble) return trouble;
    if (listed.paused || this.#held) return { kind: 'paused' };
    return { kind: this.#forWifi && !listed.anyLink ? 'wifi' : 'waiting' };
  }

  /** Follows the list of a person from now on until she leaves, and goes on with what is on it. */
  begin(store: Store): void {
    if (this.#store === store) return;
    this.#store = store;
    this.#held = true;
    const ends = [
      store.live(() => readList(store)).subscribe((list) => this.#heard(list)),
      hearLink(() => void this.look())
    ];
    void this.#followSync(store, ends);
    const online = () => this.#goOn();
    addEventListener('online', online);
    stopOnLeave(() => {
      removeEventListener('online', online);
      for (const end of ends) end();
      this.#running?.stop.abort();
      this.#store = undefined;
      [this.#list, this.#trouble, this.#held, this.#haltedAt] = [[], new Map(), false, undefined];
    });
    this.#begun = this.#return(store);
  }

  /** Puts courses on the list and begins. */
  async take(store: Store, ids: string[], anyLink = false): Promise<void> {
    this.begin(store);
    await this.#begun;
    this.#list = await changeList(store, withCourses(ids, anyLink));
    this.#held = false;
    this.#trouble = new Map([...this.#trouble].filter(([id]) => !ids.includes(id)));
    this.#goOn();
  }

  /** Stops a download; what has arrived stays, and taking it again goes on from there. */
  async pause(id: string): Promise<void> {
    if (this.#store) this.#heard(await changeList(this.#store, withPaused(id)));
  }

  /** Takes a course from the list. */
  async drop(id: string): Promise<void> {
    if (this.#store) this.#heard(await changeList(this.#store, withoutCourse(id)));
  }

  /** A server that answers again is a reason to go on. */
  async #followSync(store: Store, ends: (() => void)[]): Promise<void> {
    const { status } = await import('$lib/sync');
    if (this.#store !== store) return;
    const heard = ({ freshAt }: SyncStatus) => {
      if (freshAt > (this.#haltedAt ?? Infinity)) this.#goOn();
    };
    ends.push(status.subscribe(heard));
  }

  async #return(store: Store): Promise<void> {
    this.#held = await asksBefore(store, Infinity).catch(() => false);
    await this.look();
  }

  #heard(list: Listed[]): void {
    this.#list = list;
    const running = list.find(({ id }) => id === this.#running?.id);
    if (!running || running.paused) this.#running?.stop.abort();
    void this.#pump();
  }

  /** The link may have become another one. */
  async look(): Promise<void> {
    if (!this.#store) return;
    this.#forWifi = await waitsForWifi(this.#store).catch(() => false);
    const running = this.#list.find(({ id }) => id === this.#running?.id);
    if (this.#forWifi && !running?.anyLink) this.#running?.stop.abort();
    await this.#pump();
  }

  /** What stopped all of them may have passed. */
  #goOn(): void {
    this.#haltedAt = undefined;
    this.#trouble = new Map([...this.#trouble].filter(([, { full }]) => full));
    void this.look();
  }

  #next(): Listed | undefined {
    if (this.#held || this.#haltedAt !== undefined) return undefined;
    return this.#list.find(
      ({ id, paused, anyLink }) => !paused && !this.#trouble.has(id) && (anyLink || !this.#forWifi)
    );
  }

  async #pump(): Promise<void> {
    const store = this.#store;
    if (!store || this.#pumping || !this.#next()) return;
    this.#pumping = true;
    try {
      await oneAtATime(async () => {
        for (let next = this.#next(); next && this.#store === store; next = this.#next())
          await this.#fetch(store, next);
      });
    } finally {
      this.#pumping = false;
    }
    // Whoever came meanwhile found the pump at work.
    if (this.#store !== store) void this.#pump();
  }

  async #fetch(store: Store, { id }: Listed): Promise<void> {
    const stop = new AbortController();
    this.#running = { id, progress: { done: 0, total: 0 }, stop };
    try {
      const course = await store.course(id);
      if (course) await this.#fetchCourse(store, course, stop.signal);
      this.#list = await changeList(store, withoutCourse(id));
    } catch (error) {
      if (!stop.signal.aborted) this.#stopped(id, error);
    } finally {
      if (this.#running.stop === stop) this.#running = undefined;
    }
  }

  async #fetchCourse(store: Store, course: Course, signal: AbortSignal): Promise<void> {
    const { takeAlong } = await import('./take-along');
    await takeAlong(store, course, signal, (progress) => {
      if (this.#running) this.#running = { ...this.#running, progress };
    });
    // Of many, the last one is told: messages of all would cover the screen.
    if (this.#list.length === 1) toasts.show(m.course_downloaded({ title: course.title }), { tone: 'good' });
  }

  #stopped(id: string, error: unknown): void {
    const [words, full] = [downloadWords(error), error instanceof NoSpace];
    this.#trouble = new Map([...this.#trouble, [id, { kind: 'stopped', words, full }]]);
    if (!(error instanceof MediaFailed)) this.#haltedAt = Date.now();
    toasts.show(words, { tone: 'bad', stay: 0 });
  }
}

export const downloads = new Downloads();
