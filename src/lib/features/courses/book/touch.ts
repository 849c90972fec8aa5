/** What a finger or a mouse did on a page of a book. */
export interface Touches {
  tap(x: number, y: number, isLong: boolean): void;
  /** A stroke of a finger; a mouse selects with it. */
  stroke(dx: number, dy: number): void;
}

const STILL = 8;
const LONG = 500;

/** Tells of taps and strokes that mean the page itself: not a link in it, what scrolls in it, or its words selected. */
export function watchTouches(element: HTMLElement, touches: Touches): () => void {
  const ends = new AbortController();
  const { signal } = ends;
  let from: PointerEvent | undefined;
  element.addEventListener('pointerdown', (event) => (from = event), { signal });
  element.addEventListener('pointercancel', () => (from = undefined), { signal });
  element.addEventListener(
    'pointerup',
    (to) => {
      const start = from;
      from = undefined;
      if (!start || document.getSelection()?.isCollapsed === false) return;
      if (to.target instanceof Element && to.target.closest('a, button, .table, pre')) return;
      const [dx, dy] = [to.clientX - start.clientX, to.clientY - start.clientY];
      if (Math.abs(dx) < STILL && Math.abs(dy) < STILL)
        touches.tap(to.clientX, to.clientY, to.timeStamp - start.timeStamp > LONG);
      else if (to.pointerType !== 'mouse') touches.stroke(dx, dy);
    },
    { signal }
  );
  return () => ends.abort();
}
