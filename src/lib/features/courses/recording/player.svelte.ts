import { STUDYING } from '../../session/idle';
import { SleepTimer, type Sleep } from './sleep-timer';

export interface PlayerHooks {
  /** Where listening goes on, as a share of the recording. */
  fraction: number;
  speed: number;
  /** Called when the place has moved by some seconds, on a pause and at the end. */
  onplace: (fraction: number) => void;
  /** Called when it was heard to the end; `rest` says that it is not to go on by itself. */
  onend: (rest: boolean) => void;
}

/** Seconds between two places that are kept. */
const KEEP = 5;

/** Seconds that the two buttons move by. */
export const BACK = 15;
export const AHEAD = 30;

/** What an audio or video element does, as state for the screen. */
export class Player {
  playing = $state(false);
  /** Seconds from the beginning, and of the whole; 0 until the recording has told. */
  time = $state(0);
  duration = $state(0);
  speed = $state(1);
  ready = $state(false);
  failed = $state(false);
  sleep = $state<Sleep>(null);
  readonly #timer = new SleepTimer();
  readonly #media: HTMLMediaElement;
  readonly #hooks: PlayerHooks;
  #kept = 0;
  #last: number | undefined;

  constructor(media: HTMLMediaElement, hooks: PlayerHooks) {
    this.#media = media;
    this.#hooks = hooks;
    this.setSpeed(hooks.speed);
    const on = (name: string, act: () => void) => media.addEventListener(name, act);
    on('loadedmetadata', () => this.#begin());
    on('play', () => (this.playing = true));
    on('pause', () => this.#pause());
    on('timeupdate', () => this.#tick());
    on('seeked', () => this.#tick());
    on('ended', () => this.#end());
    on('error', () => (this.failed = true));
  }

  get fraction(): number {
    return this.duration > 0 ? Math.min(1, this.time / this.duration) : 0;
  }

  /** Seconds until the sleep timer stops; undefined when it does not count. */
  get sleepLeft(): number | undefined {
    return this.sleep === null ? undefined : this.#timer.left;
  }

  toggle(): void {
    if (this.#media.paused) void this.play();
    else this.#media.pause();
  }

  /** Browsers refuse to play before the first touch; then the button stands there. */
  play(): Promise<void> {
    return this.#media.play().catch(() => undefined);
  }

  pause(): void {
    this.#media.pause();
  }

  seek(time: number): void {
    this.#media.currentTime = Math.min(Math.max(0, time), this.duration);
    this.time = this.#media.currentTime;
  }

  move(seconds: number): void {
    this.seek(this.#media.currentTime + seconds);
  }

  setSpeed(speed: number): void {
    this.speed = speed;
    this.#media.defaultPlaybackRate = speed;
    this.#media.playbackRate = speed;
  }

  setSleep(choice: Sleep): void {
    this.#timer.set(choice);
    this.sleep = choice;
  }

  /** Ends the sound at once and lets go of the file: nothing of it goes on behind a lock. */
  close(): void {
    this.#media.pause();
    this.#media.removeAttribute('src');
    this.#media.load();
  }

  #begin(): void {
    this.duration = Number.isFinite(this.#media.duration) ? this.#media.duration : 0;
    this.ready = true;
    // What was heard to the end begins anew.
    if (this.#hooks.fraction > 0 && this.#hooks.fraction < 0.995) this.seek(this.#hooks.fraction * this.duration);
    this.#kept = this.time;
  }

  #tick(): void {
    const now = this.#media.currentTime;
    const heard = this.playing && this.#last !== undefined ? now - this.#last : 0;
    this.#last = now;
    this.time = now;
    if (heard > 0 && heard < KEEP) {
      document.dispatchEvent(new Event(STUDYING));
      if (this.#timer.passes(heard / this.speed)) this.#media.pause();
      this.sleep = this.#timer.chosen;
    }
    if (Math.abs(now - this.#kept) >= KEEP) this.#keep();
  }

  #pause(): void {
    this.playing = false;
    this.#last = undefined;
    this.#keep();
  }

  #end(): void {
    this.playing = false;
    this.time = this.duration;
    this.#keep();
    const rest = this.#timer.endsHere();
    this.sleep = this.#timer.chosen;
    this.#hooks.onend(rest);
  }

  #keep(): void {
    if (!this.ready) return;
    this.#kept = this.time;
    this.#hooks.onplace(this.fraction);
  }
}
