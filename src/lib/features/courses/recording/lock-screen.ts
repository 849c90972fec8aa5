import { AHEAD, BACK, type Player } from './player.svelte';

export interface Heard {
  title: string;
  course: string;
  publisher: string;
  /** Turns to the chapter before or after; undefined at the ends. */
  before?: () => void;
  after?: () => void;
}

const ACTIONS = ['play', 'pause', 'seekbackward', 'seekforward', 'seekto', 'previoustrack', 'nexttrack'] as const;

/** Puts a recording's controls on the lock screen and on headphones, where the browser has them. Returns their end. */
export function onLockScreen(player: Player, heard: Heard): () => void {
  const session = 'mediaSession' in navigator ? navigator.mediaSession : undefined;
  if (!session) return () => undefined;
  session.metadata = new MediaMetadata({ title: heard.title, album: heard.course, artist: heard.publisher });
  const acts: Record<(typeof ACTIONS)[number], MediaSessionActionHandler | null> = {
    play: () => void player.play(),
    pause: () => player.pause(),
    seekbackward: ({ seekOffset }) => player.move(-(seekOffset ?? BACK)),
    seekforward: ({ seekOffset }) => player.move(seekOffset ?? AHEAD),
    seekto: ({ seekTime }) => player.seek(seekTime ?? 0),
    previoustrack: heard.before ?? null,
    nexttrack: heard.after ?? null
  };
  const set = (name: (typeof ACTIONS)[number], act: MediaSessionActionHandler | null) => {
    try {
      session.setActionHandler(name, act);
    } catch {
      // A browser that does not know one of them has the others.
    }
  };
  for (const name of ACTIONS) set(name, acts[name]);
  return () => {
    for (const name of ACTIONS) set(name, null);
    session.metadata = null;
  };
}

/** Tells the lock screen how far the recording is. */
export function tellPosition({ duration, time, speed, playing }: Player): void {
  if (!('mediaSession' in navigator) || duration <= 0) return;
  navigator.mediaSession.playbackState = playing ? 'playing' : 'paused';
  navigator.mediaSession.setPositionState({ duration, position: Math.min(time, duration), playbackRate: speed });
}
