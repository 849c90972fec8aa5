import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Writes `src/lib/ui/icons/`: the shapes of the used lucide icons as one path each, one module per icon, so that a
 * page loads only those it draws. `node scripts/icons.ts NAME…` adds icons to those that are there.
 */
const FOLDER = 'src/lib/ui/icons';

const attributes = (tag: string): Record<string, string> =>
  Object.fromEntries([...tag.matchAll(/([a-z0-9]+)="([^"]*)"/g)].map((match) => [match[1], match[2]]));

const rectangle = (x: number, y: number, w: number, h: number, r: number): string =>
  `M${x + r} ${y}h${w - 2 * r}` +
  (r
    ? `a${r} ${r} 0 0 1 ${r} ${r}v${h - 2 * r}a${r} ${r} 0 0 1-${r} ${r}h${2 * r - w}a${r} ${r} 0 0 1-${r}-${r}v${2 * r - h}a${r} ${r} 0 0 1 ${r}-${r}z`
    : `v${h}h${-w}z`);

/** A path that starts with a relative move would start where the one before it ends: makes the first move absolute. */
const absolute = (d: string): string =>
  d.replace(/^m\s*(-?[\d.]+)[\s,]*(-?[\d.]+)\s*(?=(.?))/, (_, x: string, y: string, next: string) =>
    /[\d.-]/.test(next) ? `M${x} ${y}l` : `M${x} ${y}`
  );

/** One SVG shape as path data. */
function pathOf(name: string, tag: string): string {
  const a = attributes(tag);
  const n = (key: string) => Number(a[key] ?? 0);
  if (name === 'path') return absolute(a.d ?? '');
  if (name === 'circle')
    return `M${n('cx') - n('r')} ${n('cy')}a${n('r')} ${n('r')} 0 1 0 ${2 * n('r')} 0a${n('r')} ${n('r')} 0 1 0-${2 * n('r')} 0`;
  if (name === 'line') return `M${n('x1')} ${n('y1')}L${n('x2')} ${n('y2')}`;
  if (name === 'rect') return rectangle(n('x'), n('y'), n('width'), n('height'), n('rx'));
  if (name === 'polyline' || name === 'polygon') return `M${a.points}${name === 'polygon' ? 'z' : ''}`;
  throw new Error(`An icon has a <${name}>, which this script cannot turn into a path.`);
}

const camel = (name: string): string => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

mkdirSync(FOLDER, { recursive: true });
const known = readdirSync(FOLDER)
  .filter((file) => file !== 'index.ts')
  .map((file) => file.replace(/\.ts$/, ''));
const names = [...new Set([...known, ...process.argv.slice(2)])].sort();
for (const name of known) rmSync(`${FOLDER}/${name}.ts`);
for (const name of names) {
  const svg = readFileSync(`node_modules/lucide-static/icons/${name}.svg`, 'utf8').replace(/<svg[\s\S]*?>/, '');
  const shapes = [...svg.matchAll(/<([a-z]+)\s([^>]*)\/>/g)].map((match) => pathOf(match[1] ?? '', match[2] ?? ''));
  writeFileSync(`${FOLDER}/${name}.ts`, `export default '${shapes.join('')}';\n`);
}
const lines = names.map((name) => `export { default as ${camel(name)} } from './${name}';`);
writeFileSync(
  `${FOLDER}/index.ts`,
  `/** Shapes from lucide (ISC), written by scripts/icons.ts. */\n${lines.join('\n')}\n`
);
