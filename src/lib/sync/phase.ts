import type { StatusSink } from './status';
import type { SyncStatus } from './types';

/** Keeps the reasons from which `status.phase` follows. */
export interface Phase {
  down(value: boolean): void;
  signedOut(value: boolean): void;
  tooOld(value: boolean): void;
  /** For one loop: the result says whether that loop finds the disk full. */
  storage(): (full: boolean) => void;
  /** Counts work that moves bytes; call the result once, when it has ended. */
  moving(): () => void;
}

interface Reasons {
  down: boolean;
  signedOut: boolean;
  tooOld: boolean;
  full: number;
  moving: number;
}

/** What needs the person comes first. */
function phaseOf({ down, signedOut, tooOld, full, moving }: Reasons): SyncStatus['phase'] {
  if (signedOut) return 'signed-out';
  if (tooOld) return 'too-old';
  if (full) return 'full';
  if (down) return 'offline';
  return moving ? 'moving' : 'idle';
}

export function createPhase(sink: StatusSink): Phase {
  const state: Reasons = { down: false, signedOut: false, tooOld: false, full: 0, moving: 0 };
  const show = () => {
    sink.set({ phase: phaseOf(state) });
  };
  const flag = (name: 'down' | 'signedOut' | 'tooOld') => (value: boolean) => {
    state[name] = value;
    show();
  };
  return {
    down: flag('down'),
    signedOut: flag('signedOut'),
    tooOld: flag('tooOld'),
    storage() {
      let was = false;
      return (full) => {
        state.full += Number(full) - Number(was);
        was = full;
        show();
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
