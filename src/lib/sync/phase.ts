import type { StatusSink } from './status';

/** Keeps the reasons from which `status.phase` follows. */
export interface Phase {
  down(value: boolean): void;
  signedOut(value: boolean): void;
  tooOld(value: boolean): void;
  /** Counts work that moves bytes; call the result once, when it has ended. */
  moving(): () => void;
}

export function createPhase(sink: StatusSink): Phase {
  const state = { down: false, signedOut: false, tooOld: false, moving: 0 };
  const show = () => {
    const { down, signedOut, tooOld, moving } = state;
    const phase = signedOut ? 'signed-out' : tooOld ? 'too-old' : down ? 'offline' : moving ? 'moving' : 'idle';
    sink.set({ phase });
  };
  const flag = (name: 'down' | 'signedOut' | 'tooOld') => (value: boolean) => {
    state[name] = value;
    show();
  };
  return {
    down: flag('down'),
    signedOut: flag('signedOut'),
    tooOld: flag('tooOld'),
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
