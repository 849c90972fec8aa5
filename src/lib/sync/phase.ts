import type { StatusSink } from './status';
import type { SyncStatus } from './types';

/** Keeps the reasons from which `status.phase` follows. */
export interface Phase {
  down(value: boolean): void;
  signedOut(value: boolean): void;
  /** The device was reported lost; nothing follows after this. */
  lost(): void;
  /** Which side has to be updated before they understand each other; undefined when they do. */
  old(value: 'too-old' | 'server-old' | undefined): void;
  /** For one loop: the result says whether that loop finds the disk full. */
  storage(): (full: boolean) => void;
  /** Counts work that moves bytes; call the result once, when it has ended. */
  moving(): () => void;
}

interface Reasons {
  down: boolean;
  signedOut: boolean;
  lost: boolean;
  old: 'too-old' | 'server-old' | undefined;
  full: number;
  moving: number;
}

/** What needs the person comes first. */
function phaseOf({ down, signedOut, lost, old, full, moving }: Reasons): SyncStatus['phase'] {
  if (lost) return 'lost';
  if (signedOut) return 'signed-out';
  if (old) return old;
  if (full) return 'full';
  if (down) return 'offline';
  return moving ? 'moving' : 'idle';
}

export function createPhase(sink: StatusSink): Phase {
  const state: Reasons = { down: false, signedOut: false, lost: false, old: undefined, full: 0, moving: 0 };
  /** @param vain the server was asked, and this is why nothing came of it */
  const show = (vain = false) => {
    sink.set({ phase: phaseOf(state), ...(vain && { triedAt: Date.now() }) });
  };
  const flag =
    <K extends 'down' | 'signedOut' | 'old'>(name: K) =>
    (value: Reasons[K]) => {
      state[name] = value;
      show(Boolean(value) && name !== 'down');
    };
  return {
    down: flag('down'),
    signedOut: flag('signedOut'),
    old: flag('old'),
    lost() {
      state.lost = true;
      show();
    },
    storage() {
      let was = false;
      return (full) => {
        state.full += Number(full) - Number(was);
        was = full;
        show(full);
      };
    },
    moving() {
      let ended = false;
      state.moving += 1;
      show();
      return () => {
        if (ended) return;
        ended = true;
        state.moving -= 1;
        show();
      };
    }
  };
}
