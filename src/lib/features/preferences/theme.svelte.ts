export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'smartasn-theme';

const apply = (theme: Theme): void => {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
};

const first = THEMES.find((theme) => theme === localStorage.getItem(KEY)) ?? 'system';

let current = $state<Theme>(first);
apply(first);

/** Light, dark, or as the device wishes; of this browser, not of a person. */
export const theme = {
  get current(): Theme {
    return current;
  },
  set(next: Theme): void {
    current = next;
    localStorage.setItem(KEY, next);
    apply(next);
  }
};
