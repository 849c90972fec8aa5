import { MARK_COLOURS, type MarkColour } from '$lib/domain/documents/mark';

/** A passage to paint: a mark's colour, or `found` for what a search or a list led to. */
export interface Painted {
  range: Range;
  as: MarkColour | 'found';
}

const KINDS = [...MARK_COLOURS, 'found'] as const;
const nameOf = (kind: Painted['as']): string => `book-${kind}`;

const canPaint = (): boolean => 'highlights' in CSS && typeof Highlight === 'function';

/**
 * Paints passages without touching the text: by the browser's highlights, or, where it has none, by boxes in `layer`,
 * which lies over the text and scrolls with it. What was painted before goes.
 */
export function paint(passages: readonly Painted[], layer: HTMLElement): void {
  layer.replaceChildren();
  for (const kind of KINDS) {
    const ranges = passages.filter(({ as }) => as === kind).map(({ range }) => range);
    if (!canPaint()) layer.append(...ranges.flatMap((range) => boxes(range, kind, layer)));
    else if (ranges.length > 0) CSS.highlights.set(nameOf(kind), new Highlight(...ranges));
    else CSS.highlights.delete(nameOf(kind));
  }
}

/** Ends what `paint` has begun. */
export function unpaint(): void {
  if (canPaint()) for (const kind of KINDS) CSS.highlights.delete(nameOf(kind));
}

function boxes(range: Range, kind: Painted['as'], layer: HTMLElement): HTMLElement[] {
  const origin = layer.getBoundingClientRect();
  return [...range.getClientRects()].map((rect) => {
    const box = document.createElement('div');
    box.className = `box ${nameOf(kind)}`;
    box.style.left = `${rect.left - origin.left}px`;
    box.style.top = `${rect.top - origin.top}px`;
    box.style.width = `${rect.width}px`;
    box.style.height = `${rect.height}px`;
    return box;
  });
}
