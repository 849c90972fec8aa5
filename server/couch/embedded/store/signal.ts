/** Lets followers sleep until something changes. Read `version`, then the data, then `wait` for another version. */
export class Signal {
  #version = 0;
  #closed = false;
  readonly #waiters = new Set<() => void>();

  get version(): number {
    return this.#version;
  }

  get closed(): boolean {
    return this.#closed;
  }

  wake(): void {
    this.#version += 1;
    for (const waiter of [...this.#waiters]) waiter();
  }

  close(): void {
    this.#closed = true;
    this.wake();
  }

  /** Resolves once the version is another one, the signal is closed, `ms` have passed, or `abort` fires. */
  wait(version: number, ms: number, abort: AbortSignal): Promise<void> {
    if (version !== this.#version || this.#closed || abort.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#waiters.delete(done);
        abort.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#waiters.add(done);
      abort.addEventListener('abort', done);
    });
  }
}
