import { walk } from '../tree.ts';
import { anchorsIn, type Chapter } from './chapters.ts';

const PROVISIONAL = '#?';

/**
 * Links between chapters. While documents are converted nobody knows yet which chapter an anchor will be in, so links
 * are provisional first and settled when all chapters are there.
 */
export class BookLinks {
  readonly #targets: { path: string; fragment: string }[] = [];
  readonly #pages: ReadonlySet<string>;

  /** @param pages paths of the documents that become chapters */
  constructor(pages: ReadonlySet<string>) {
    this.#pages = pages;
  }

  /** A provisional link, or undefined when the path is no chapter of the book. */
  add(path: string, fragment: string): string | undefined {
    if (!this.#pages.has(path)) return undefined;
    return `${PROVISIONAL}${this.#targets.push({ path, fragment }) - 1}`;
  }

  /** Turns every provisional link into `#chapter` or `#chapter/anchor`; one to a page without content is removed. */
  settle(chapters: Chapter[]): void {
    const byPath = new Map<string, { id: string; anchors: Set<string> }[]>();
    for (const { id, path, nodes } of chapters) {
      byPath.set(path, [...(byPath.get(path) ?? []), { id, anchors: anchorsIn(nodes) }]);
    }
    for (const { nodes } of chapters) {
      walk(nodes, (_, attributes) => {
        if (!attributes.href?.startsWith(PROVISIONAL)) return;
        const target = this.#targets[Number(attributes.href.slice(PROVISIONAL.length))];
        const parts = byPath.get(target?.path ?? '') ?? [];
        const exact = target?.fragment ? parts.find(({ anchors }) => anchors.has(target.fragment)) : undefined;
        const [first] = parts;
        if (exact) attributes.href = `#${exact.id}/${target?.fragment}`;
        else if (first) attributes.href = `#${first.id}`;
        else delete attributes.href;
      });
    }
  }
}
