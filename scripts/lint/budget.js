import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const JS_LIMIT = 75 * 1024;
const CSS_LIMIT = 10 * 1024;
const REQUESTS = 10;

/** Files that the first page (`/feed`) needs before it can show: the static import graph of entry, layout and page. */
const manifest = JSON.parse(readFileSync('.svelte-kit/output/client/.vite/manifest.json', 'utf8'));
const nodes = readFileSync('.svelte-kit/generated/client-optimized/app.js', 'utf8');
const dictionary = JSON.parse((nodes.match(/dictionary = (\{[\s\S]*?\});/) ?? ['', '{}'])[1].replaceAll('~', '-'));
const route = dictionary['/feed'] ? '/feed' : '/';
const pageNode = dictionary[route]?.[0] ?? 2;

const roots = Object.keys(manifest).filter(
  (key) =>
    manifest[key].isEntry &&
    (/client\/entry\.js|client-optimized\/app/.test(key) || new RegExp(`nodes/(0|${pageNode})\\.js$`).test(key))
);
const seen = new Set();
const css = new Set();
const visit = (key) => {
  if (seen.has(key)) return;
  seen.add(key);
  for (const file of manifest[key].css ?? []) css.add(file);
  for (const next of manifest[key].imports ?? []) visit(next);
};
roots.forEach(visit);

const size = (file) => gzipSync(readFileSync(`.svelte-kit/output/client/${file}`), { level: 9 }).length;
const js = [...seen].map((key) => manifest[key].file).filter((file) => file.endsWith('.js'));
const jsBytes = js.reduce((sum, file) => sum + size(file), 0);
const cssBytes = [...css].reduce((sum, file) => sum + size(file), 0);
console.log(
  `first load of ${route}: ${(jsBytes / 1024).toFixed(1)} KB JS in ${js.length} files, ${(cssBytes / 1024).toFixed(1)} KB CSS in ${css.size} (gzip)`
);
const over = jsBytes > JS_LIMIT || cssBytes > CSS_LIMIT || js.length + css.size > REQUESTS;
if (over)
  console.error(`over the budget of ${JS_LIMIT / 1024} KB JS, ${CSS_LIMIT / 1024} KB CSS, ${REQUESTS} requests`);
process.exit(over ? 1 : 0);
