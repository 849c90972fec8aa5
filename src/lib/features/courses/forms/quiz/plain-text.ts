import type { ChapterNode } from '$lib/domain/documents/chapter';

/** What nodes say, without their form. */
export const plainText = (nodes: readonly ChapterNode[]): string =>
  nodes
    .map((node) => {
      if (typeof node === 'string') return node;
      const [name, attributes, ...children] = node;
      return name === 'img' ? (attributes.alt ?? '') : plainText(children);
    })
    .join('');
