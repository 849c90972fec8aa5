import type { Surroundings } from '../surroundings';

/** Web Locks of one browser, as far as sync uses them: one holder, the others in line. */
export function fakeLocks() {
  let tail: Promise<unknown> = Promise.resolve();
  const request = (_name: string, options: LockOptions, run: (lock: null) => Promise<unknown>): Promise<unknown> => {
    const mine = tail.then(() => {
      if (options.signal?.aborted) throw new DOMException('aborted', 'AbortError');
      return run(null);
    });
    tail = mine.catch(() => undefined);
    return mine;
  };
  return { request } as unknown as Pick<LockManager, 'request'>;
}

type Listener = Parameters<Surroundings['watch']>[0];

/** Surroundings of a tab that tests move: visible, hidden, online. */
export function fakeTab(locks: Surroundings['locks']) {
  const listeners = new Set<Listener>();
  const state = { visible: true };
  const surroundings: Surroundings = {
    visible: () => state.visible,
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    idle: () => Promise.resolve(),
    locks,
    channel: (name) => new BroadcastChannel(name)
  };
  return {
    surroundings,
    emit(event: Parameters<Listener>[0]) {
      if (event !== 'online') state.visible = event === 'visible';
      for (const listener of [...listeners]) listener(event);
    }
  };
}
