import type { TextRun } from '$lib/domain/documents/chapter-text';

/** Between a chapter's text, which marks and search count in, and the text nodes that show it. */
export class TextMap {
  readonly #texts: readonly Text[];
  readonly #runs: readonly TextRun[];

  /** @param texts the nodes that show the runs, one each, in the same order */
  constructor(texts: readonly Text[], runs: readonly TextRun[]) {
    this.#texts = texts;
    this.#runs = runs;
  }

  /** The passage on the screen; undefined when it shows nothing. */
  range(from: number, to: number): Range | undefined {
    const last = this.#lastBefore(Math.max(to, from + 1));
    const first = Math.min(this.#runAt(from), Math.max(last, 0));
    const [start, end] = [this.#texts[first], this.#texts[last]];
    const [startRun, endRun] = [this.#runs[first], this.#runs[last]];
    if (!start || !end || !startRun || !endRun) return undefined;
    const range = document.createRange();
    range.setStart(start, clamp(from - startRun.start, start.length));
    range.setEnd(end, clamp(to - endRun.start, end.length));
    return range;
  }

  /** The place in the chapter's text of a boundary on the screen. */
  offsetOf(node: Node, offset: number): number {
    const boundary = document.createRange();
    boundary.setStart(node, offset);
    let [low, high] = [0, this.#texts.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const text = this.#texts[middle];
      if (text && boundary.comparePoint(text, text.length) < 0) low = middle + 1;
      else high = middle;
    }
    const [text, run] = [this.#texts[low], this.#runs[low]];
    if (!text || !run) return this.length;
    return node === text ? run.start + Math.min(offset, text.length) : run.start;
  }

  /**
   * The first place whose box is not before what is shown. `isBefore` says so of a box, and is true of all boxes up to
   * some place and false of all behind it.
   */
  firstShown(isBefore: (box: DOMRect) => boolean): number {
    const end = (index: number): DOMRect | undefined => {
      const text = this.#texts[index];
      if (!text?.length) return undefined;
      const range = document.createRange();
      range.selectNodeContents(text);
      return [...range.getClientRects()].at(-1);
    };
    let [low, high] = [0, this.#texts.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      let probe = middle;
      while (probe < high && !end(probe)) probe += 1;
      const box = probe < high ? end(probe) : undefined;
      if (box && isBefore(box)) low = probe + 1;
      else high = middle;
    }
    const [text, run] = [this.#texts[low], this.#runs[low]];
    if (!text || !run) return low === 0 ? 0 : this.length;
    return run.start + this.#firstInside(text, isBefore);
  }

  get length(): number {
    const last = this.#runs.at(-1);
    return last ? last.start + last.text.length : 0;
  }

  #firstInside(text: Text, isBefore: (box: DOMRect) => boolean): number {
    const range = document.createRange();
    let [low, high] = [0, Math.max(0, text.length - 1)];
    while (low < high) {
      const middle = (low + high) >>> 1;
      range.setStart(text, middle);
      range.setEnd(text, middle + 1);
      const box = range.getClientRects()[0];
      if (box && isBefore(box)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The run that holds a place, or the next one. */
  #runAt(place: number): number {
    const index = this.#lastBefore(place + 1);
    const run = this.#runs[index];
    return run && place >= run.start + run.text.length ? index + 1 : Math.max(index, 0);
  }

  /** The last run that begins before a place and is not empty, -1 when there is none. */
  #lastBefore(place: number): number {
    let [low, high] = [0, this.#runs.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#runs[middle]?.start ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, value));
