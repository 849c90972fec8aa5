import type { TextMap } from './text-map';

/** What is selected in a chapter, in its text; undefined when nothing is. */
export function selectedPassage(article: HTMLElement, map: TextMap): { from: number; to: number } | undefined {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined;
  const range = selection.getRangeAt(0);
  if (!article.contains(range.commonAncestorContainer)) return undefined;
  const from = map.offsetOf(range.startContainer, range.startOffset);
  const to = map.offsetOf(range.endContainer, range.endOffset);
  return from < to ? { from, to } : undefined;
}

/** The place in the chapter's text under a point of the window; undefined beside the text. */
export function placeUnder(x: number, y: number, article: HTMLElement, map: TextMap): number | undefined {
  const point = document.caretPositionFromPoint?.(x, y);
  if (!point || !(point.offsetNode instanceof Text) || !article.contains(point.offsetNode)) return undefined;
  return map.offsetOf(point.offsetNode, point.offset);
}

/** The line or paragraph around a place of a text: what is marked when nothing is selected. */
export function paragraphAt(text: string, place: number): { from: number; to: number } {
  const from = text.lastIndexOf('\n', Math.max(0, place - 1)) + 1;
  const end = text.indexOf('\n', Math.max(place, from));
  return { from, to: end < 0 ? text.length : end };
}
