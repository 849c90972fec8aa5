import { AsyncLocalStorage } from 'node:async_hooks';

/** A tab as the world around it knows it: whose clock it reads, and whether it still runs. */
export interface Runner {
  /** A crashed tab: nothing it does reaches anything any more. */
  readonly dead: boolean;
  /** Milliseconds by which the clock of its device is off. */
  readonly clock: { skew: number };
}

const running = new AsyncLocalStorage<Runner>();

/** Runs work as this tab does: everything it starts, however late, belongs to the tab. */
export const runAs = <T>(runner: Runner, work: () => T): T => running.run(runner, work);

/** Whose code runs now; undefined for the server and the suite. */
export const runner = (): Runner | undefined => running.getStore();

/** Gives every tab the clock of its device, for as long as this process lives. */
export function installClocks(): void {
  const real = Date;
  const now = (): number => real.now() + (runner()?.clock.skew ?? 0);
  globalThis.Date = new Proxy(real, {
    construct: (target, given: unknown[], made) => Reflect.construct(target, given.length ? given : [now()], made),
    get: (target, name, receiver) => (name === 'now' ? now : (Reflect.get(target, name, receiver) as unknown))
  });
}
