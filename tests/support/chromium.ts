import { existsSync } from 'node:fs';

/** Where Debian puts it; elsewhere Playwright finds its own. */
const DEBIAN = '/usr/bin/chromium';

/** Chromium without what talks to the network by itself. */
export const CHROMIUM = {
  executablePath: process.env.CHROMIUM_PATH || (existsSync(DEBIAN) ? DEBIAN : undefined),
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync'
  ]
};
