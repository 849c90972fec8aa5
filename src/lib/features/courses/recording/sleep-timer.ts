/** When a recording stops by itself: after some minutes, at the end of the chapter, or not at all. */
export type Sleep = number | 'chapter' | null;

/** Choices of the sleep timer, in minutes. */
export const SLEEP_MINUTES = [5, 15, 30, 60] as const;

/** Counts the time that is listened to, so that a pause does not use it up. */
export class SleepTimer {
  #left: number | undefined;
  #chosen: Sleep = null;

  get chosen(): Sleep {
    return this.#chosen;
  }

  /** Seconds of listening that are left; undefined when the timer does not count. */
  get left(): number | undefined {
    return this.#left;
  }

  set(choice: Sleep): void {
    this.#chosen = choice;
    this.#left = typeof choice === 'number' ? choice * 60 : undefined;
  }

  /** Whether listening for so many seconds more has used the time up; then the timer is off again. */
  passes(seconds: number): boolean {
    if (this.#left === undefined) return false;
    this.#left = Math.max(0, this.#left - seconds);
    if (this.#left > 0) return false;
    this.set(null);
    return true;
  }

  /** Whether the end of a chapter is where to stop; then the timer is off again. */
  endsHere(): boolean {
    const ends = this.#chosen === 'chapter';
    if (ends) this.set(null);
    return ends;
  }
}
