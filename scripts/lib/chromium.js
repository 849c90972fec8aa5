import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { bin, node } from './exec.js';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const installed = () => [process.env.CHROMIUM_PATH, ...PLACES].find((place) => place && existsSync(place));

/**
 * Path of a Chromium for the tests: the system's, otherwise Debian's package (as root), otherwise the browser that
 * Playwright downloads (then the answer is undefined: Playwright knows where it is).
 */
export function ensureChromium() {
  const found = installed();
  if (found) return found;
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing Chromium …');
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' });
    spawnSync('apt-get', ['install', '-y', '-qq', 'chromium'], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    });
    const now = installed();
    if (now) return now;
  }
  if (node([bin('@playwright/test/cli.js'), 'install', 'chromium']) !== 0) {
    console.error('No Chromium: install one and name it in CHROMIUM_PATH.');
    process.exit(1);
  }
  return undefined;
}
