import { readFileSync } from 'node:fs';
import { chromium } from 'playwright';

/** Draws the PNG icons of the manifest from `static/icons/mark.svg`; run it after changing the mark. */
const FOLDER = 'static/icons';
const mark = readFileSync(`${FOLDER}/mark.svg`, 'utf8');
/** A maskable icon fills its square and keeps the picture in the middle four fifths; Apple rounds the corners itself. */
const full = mark
  .replace('rx="15"', '')
  .replace('viewBox="0 0 64 64"', 'viewBox="-6 -6 76 76"')
  .replace('<rect ', '<rect x="-6" y="-6" ')
  .replace('width="64" height="64"', 'width="76" height="76"');

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu']
});
const page = await browser.newPage();
for (const [name, svg, size] of [
  ['icon-192', mark, 192],
  ['icon-512', mark, 512],
  ['maskable-512', full, 512],
  ['apple-touch-icon', full, 180]
] as const) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${svg}`);
  await page.screenshot({ path: `${FOLDER}/${name}.png`, omitBackground: true });
}
await browser.close();
