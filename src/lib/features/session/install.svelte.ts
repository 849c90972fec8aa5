/** The event of Chromium-based browsers that offers installation; not in the DOM types. */
interface InstallPrompt extends Event {
  prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>;
}

const KEY = 'smartasn-install';

const standalone = matchMedia('(display-mode: standalone)').matches;
const apple = /iphone|ipad|ipod/i.test(navigator.userAgent);

let offered = $state.raw<InstallPrompt>();
let dismissed = $state(localStorage.getItem(KEY) === 'dismissed');

addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault();
  offered = event as InstallPrompt;
});
addEventListener('appinstalled', () => (offered = undefined));

/** The offer to put the app on the home screen: by the browser's own dialog, or in words where it has none. */
export const install = {
  /** Which offer to show now. */
  get offer(): 'prompt' | 'apple' | undefined {
    if (standalone || dismissed) return undefined;
    if (offered) return 'prompt';
    return apple ? 'apple' : undefined;
  },
  /** Whether the browser can install from a menu, also after the card was dismissed. */
  get possible(): boolean {
    return !standalone && offered !== undefined;
  },
  async accept(): Promise<void> {
    const event = offered;
    offered = undefined;
    await event?.prompt();
  },
  dismiss(): void {
    dismissed = true;
    localStorage.setItem(KEY, 'dismissed');
  }
};
