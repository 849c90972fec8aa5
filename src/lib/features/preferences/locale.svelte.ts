import { baseLocale, isLocale, overwriteGetLocale, type Locale } from '$lib/paraglide/runtime';

/** Under this name paraglide looks for the language as well; it says nothing about a person. */
const KEY = 'PARAGLIDE_LOCALE';

const stored = localStorage.getItem(KEY);
const first: Locale = isLocale(stored) ? stored : baseLocale;
let current = $state<Locale>(first);

/** Every message reads this rune, so a change redraws the words in their places and no page loses what was typed. */
overwriteGetLocale(() => current);
document.documentElement.lang = first;

export const locale = {
  get current(): Locale {
    return current;
  },
  set(next: Locale): void {
    current = next;
    localStorage.setItem(KEY, next);
    document.documentElement.lang = next;
  }
};
