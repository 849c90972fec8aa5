import { SyncFailure } from './failure';
import type { PrivateLane } from './private-lane/index';

/** The private lane for as long as a tab leads: opened when it is first needed, and again when its storage was lost. */
export interface LastingLane {
  get(): Promise<PrivateLane>;
  close(): Promise<void>;
}

/**
 * Whether an error may come from the lane's own storage and not from the network. Browsers take the connections of a
 * page away (iOS does on resume, and a full disk ends the one it happened on), and PouchDB then never works again.
 */
const isStorage = (error: unknown): boolean => {
  if (!(error instanceof SyncFailure)) return true;
  return error.code === 'full' || (error.code === 'server' && error.status === 0);
};

/** @param open opens the lane; called again after the one before was closed */
export function createLane(open: () => Promise<PrivateLane>): LastingLane {
  let current: Promise<PrivateLane> | undefined;
  let closing: Promise<unknown> = Promise.resolve();

  function leave(lane: Promise<PrivateLane>): void {
    if (current !== lane) return;
    current = undefined;
    closing = lane.then((own) => own.close()).catch(() => undefined);
  }

  function watched(own: PrivateLane, leaveIt: () => void): PrivateLane {
    const watch = async <T>(work: Promise<T>): Promise<T> => {
      try {
        return await work;
      } catch (error) {
        if (isStorage(error)) leaveIt();
        throw error;
      }
    };
    return {
      ...own,
      hasWork: () => watch(own.hasWork()),
      push: (signal) => watch(own.push(signal)),
      pull: (signal, announced) => watch(own.pull(signal, announced)),
      receive: (signal, news) => watch(own.receive(signal, news)),
      catchUp: (signal) => watch(own.catchUp(signal))
    };
  }

  return {
    get() {
      if (current) return current;
      const lane: Promise<PrivateLane> = closing.then(open).then((own) => watched(own, () => leave(lane)));
      current = lane;
      lane.catch(() => leave(lane));
      return lane;
    },
    async close() {
      if (current) leave(current);
      await closing;
    }
  };
}
