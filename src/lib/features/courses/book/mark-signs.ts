import { BLOCK_ELEMENTS } from '$lib/domain/documents/chapter-text';

/** A sign for one mark: what it is called, and whether it is seen (a note is) or only met by keyboard and reader. */
export interface Sign {
  id: string;
  range: Range;
  label: string;
  seen: boolean;
  icon: string;
}

const CLASS = 'mark-sign';

/**
 * Puts a button for each mark at the end of its block, so that a keyboard and a screen reader meet marks where they
 * stand. The signs hold no text: the chapter's own text stays what it was.
 */
export function placeSigns(article: HTMLElement, signs: readonly Sign[], onopen: (id: string) => void): void {
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.mark : undefined;
  for (const old of article.querySelectorAll(`.${CLASS}`)) old.remove();
  for (const { id, range, label, seen, icon } of signs) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = seen ? CLASS : `${CLASS} unseen`;
    button.dataset.mark = id;
    button.setAttribute('aria-label', label);
    button.append(drawing(icon));
    button.addEventListener('click', () => onopen(id));
    blockOf(range.endContainer, article).append(button);
    if (id === focused) button.focus({ preventScroll: true });
  }
}

function blockOf(node: Node, article: HTMLElement): HTMLElement {
  let element = node.parentElement;
  while (element && element !== article && !BLOCK_ELEMENTS.has(element.localName)) element = element.parentElement;
  return element ?? article;
}

function drawing(d: string): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', d);
  svg.append(path);
  return svg;
}
