import { untrack } from 'svelte';
import { goto } from '$app/navigation';
import { PLACES } from './places';

/** One key and what it does. */
export interface Shortcut {
  key: string;
  label: () => string;
  run: () => void;
}

const KEY = 'smartasn-shortcuts';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.closest('input, textarea, select, [role="textbox"]') !== null);

const places = (): Shortcut[] =>
  PLACES.map(({ href, label }, index) => ({ key: String(index + 1), label, run: () => void goto(href) }));

/** Single keys can be pressed by accident or by speech input, so a person can switch them off (WCAG 2.1.4). */
class Shortcuts {
  on = $state(localStorage.getItem(KEY) !== 'off');
  #added = $state.raw<Shortcut[]>([]);

  get list(): Shortcut[] {
    return [...places(), ...this.#added];
  }

  /** Adds a shortcut for as long as the calling component lives. */
  use(shortcut: Shortcut): void {
    $effect(() => {
      untrack(() => (this.#added = [...this.#added.filter((one) => one.key !== shortcut.key), shortcut]));
      return () => (this.#added = this.#added.filter((one) => one !== shortcut));
    });
  }

  switch(on: boolean): void {
    this.on = on;
    localStorage.setItem(KEY, on ? 'on' : 'off');
  }

  press = (event: KeyboardEvent): void => {
    if (!this.on || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (isTyping(event.target) || document.querySelector('dialog[open]')) return;
    const found = this.list.find((shortcut) => shortcut.key === event.key);
    if (!found) return;
    event.preventDefault();
    found.run();
  };
}

export const shortcuts = new Shortcuts();
