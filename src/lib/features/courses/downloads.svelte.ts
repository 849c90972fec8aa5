import type { Course } from '$lib/domain/documents/course';
import type { Store } from '$lib/store/types';
import type { DownloadProgress } from '$lib/sync/types';
import { toasts } from '$lib/ui';
import { m } from '$lib/paraglide/messages';
import { stopOnLeave } from '../session/leaving';
import { downloadWords } from './download-words';
import { keepParts } from './forms/parts';

interface Running {
  progress: DownloadProgress;
  stop: AbortController;
}

/** Downloads under way in this tab. They go on while the person looks at other pages; what has arrived stays. */
class Downloads {
  #running = $state<Record<string, Running>>({});

  /** Progress of a course that is being downloaded now. */
  of(course: string): DownloadProgress | undefined {
    return this.#running[course]?.progress;
  }

  async start(store: Store, course: Course): Promise<void> {
    if (this.#running[course._id]) return;
    const stop = new AbortController();
    stopOnLeave(() => stop.abort());
    this.#running[course._id] = { progress: { done: 0, total: course.size }, stop };
    try {
      const { downloadCourse } = await import('$lib/sync/media');
      await downloadCourse(store, course, {
        signal: stop.signal,
        onProgress: (progress) => {
          const running = this.#running[course._id];
          if (running) running.progress = progress;
        }
      });
      await keepParts(course);
      toasts.show(m.course_downloaded({ title: course.title }), { tone: 'good' });
    } catch (error) {
      if (!stop.signal.aborted) toasts.show(downloadWords(error), { tone: 'bad', stay: 0 });
    } finally {
      delete this.#running[course._id];
    }
  }

  /** Stops a download; what has arrived stays, and starting again goes on from there. */
  pause(course: string): void {
    this.#running[course]?.stop.abort();
  }
}

export const downloads = new Downloads();
