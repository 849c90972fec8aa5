import { rememberRuntime } from '$lib/domain/documents/compose-runtime';
import type { ChapterEntry, Course } from '$lib/domain/documents/course';
import type { PackageDescriptor, Sco } from '$lib/domain/documents/package-descriptor';
import type { Runtime, RuntimeEntry } from '$lib/domain/documents/runtime';
import { docId, suffixOf } from '$lib/domain/ids';
import type { Store } from '$lib/store/types';
import { m } from '$lib/paraglide/messages';
import { keep } from '../../keep';
import type { RuntimeReport } from './protocol';
import { openSandbox, type Sandbox } from './sandbox';

/** Between two writes to the person's documents, in milliseconds: packages report at every step. */
const PAUSE = 8_000;

interface Parts {
  store: Store;
  course: Course;
  entry: ChapterEntry;
  descriptor: PackageDescriptor;
  sync: () => void;
  /** Marks the chapter as finished. */
  onfinish: () => Promise<unknown>;
}

/** What the packages of a course have kept. */
export const runtimeOf = async (store: Store, course: string): Promise<Runtime | undefined> =>
  (await store.ownItem<Runtime>(docId('runtime', suffixOf(course))))?.doc;

/** Whether a chapter is finished with what was reached in it. */
export const isFinished = (sco: Sco, { completed, success }: Pick<RuntimeEntry, 'completed' | 'success'>): boolean =>
  completed && success !== 'failed' && (sco.masteryScore === undefined || success === 'passed');

/** One sitting with a package: from its start in the sandbox to its end, with what it reports kept on the device. */
export class Player {
  phase = $state<'loading' | 'running' | 'failed'>('loading');
  /** Share of the files that are in the sandbox. */
  loaded = $state(0);
  kept = $state<'nothing' | 'saved' | 'unsaved' | 'too-large'>('nothing');
  /** Whether the package has said that it ends. */
  ended = $state(false);
  /** An address outside the package that was asked for. */
  outside = $state<string>();
  readonly #parts: Parts;
  readonly #sco: Sco;
  readonly #onexit: () => void;
  #sandbox: Sandbox | undefined;
  #waiting: RuntimeReport | undefined;
  #writing: Promise<void> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param onexit called when the package closes its own window */
  constructor(parts: Parts, sco: Sco, onexit: () => void) {
    this.#parts = parts;
    this.#sco = sco;
    this.#onexit = onexit;
  }

  /** Starts the package in a frame that stands on the page. */
  async start(frame: HTMLIFrameElement): Promise<void> {
    const { store, course, entry, descriptor } = this.#parts;
    const before = (await runtimeOf(store, course._id))?.entries[entry.id];
    const start = {
      type: 'start' as const,
      standard: this.#sco.reports ? descriptor.standard : ('html' as const),
      sco: this.#sco,
      files: descriptor.files.map(({ path, size, type }) => ({ path, size, type })),
      kept: before?.data.json ?? null,
      seconds: before?.seconds ?? 0,
      language: course.language,
      words: { close: m.package_close_window(), missing: m.package_page_missing(), unshown: m.package_page_unshown() }
    };
    this.#sandbox = openSandbox(frame, start, {
      read: async (path) => {
        const file = descriptor.files.find((one) => one.path === path);
        return file && store.piece(file.sha256);
      },
      hear: (message) => {
        if (message.type === 'loading') this.loaded = message.done;
        else if (message.type === 'shown') this.phase = 'running';
        else if (message.type === 'state') this.#take(message);
        else if (message.type === 'too-large') this.kept = 'too-large';
        else if (message.type === 'outside') this.outside = message.address;
        else if (message.type === 'exit') this.#onexit();
      },
      fail: () => (this.phase = 'failed')
    });
    frame.src = '/package-frame.html';
  }

  /** Lets the package end and keeps what it said last. */
  async leave(): Promise<void> {
    await this.#sandbox?.leave();
    await this.stop();
  }

  /** Ends at once, with what is known. */
  async stop(): Promise<void> {
    this.#sandbox?.close();
    this.#sandbox = undefined;
    await this.flush();
    this.#parts.sync();
  }

  #take(report: RuntimeReport): void {
    this.#waiting = report;
    this.ended = report.ended;
    if (report.ended || isFinished(this.#sco, report)) void this.flush();
    else this.#timer ??= setTimeout(() => void this.flush(), PAUSE);
  }

  /** Keeps what was reported last: one write after the other, each with the newest report. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return (this.#writing = this.#writing.then(async () => {
      const report = this.#waiting;
      if (!report) return;
      this.#waiting = undefined;
      const { store, course, entry } = this.#parts;
      const { completed, success, score, seconds, json } = report;
      const reached = { completed, success, score, seconds, json };
      const kept = await keep(
        async () => store.write(rememberRuntime(course._id, await runtimeOf(store, course._id), entry.id, reached)),
        () => undefined
      );
      this.kept = kept ? 'saved' : 'unsaved';
      if (!kept) this.#waiting ??= report;
      else if (isFinished(this.#sco, report)) await this.#parts.onfinish();
    }));
  }
}
