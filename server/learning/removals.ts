import { printable } from './text.ts';

/** Longest list that a publisher can be asked to read. */
const MOST = 200;

/** What an importer left out, each kind and place once, in the order found. */
export class Removals {
  readonly #seen = new Set<string>();

  add(what: string, where: string): void {
    this.#seen.add(printable(`${where}: ${what}`).slice(0, 300));
  }

  list(): string[] {
    const all = [...this.#seen];
    return all.length <= MOST ? all : [...all.slice(0, MOST), `… and ${all.length - MOST} more`];
  }
}
