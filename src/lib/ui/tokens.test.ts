import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

type Rgb = [number, number, number];
const css = readFileSync('src/lib/ui/tokens.css', 'utf8');

/** OKLCH to linear sRGB (Björn Ottosson, https://bottosson.github.io/posts/oklab/), clipped to the gamut. */
function linear(lightness: number, chroma: number, hue: number): Rgb {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  return [
    clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)
  ];
}

const luminance = ([r, g, b]: Rgb): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;

/** WCAG 2.2 contrast ratio. */
function contrast(one: Rgb, other: Rgb): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function tokensOf(selector: string): Map<string, Rgb> {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf('}', start));
  const found = block.matchAll(/--([a-z-]+): oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\);/g);
  return new Map(
    Array.from(found, ([, name, l, c, h]) => [String(name), linear(Number(l) / 100, Number(c), Number(h))])
  );
}

const SETS = {
  light: tokensOf(':root'),
  dark: tokensOf(":root[data-theme='dark']"),
  'dark by the device': tokensOf(":root:not([data-theme='light'])")
};

const GROUNDS = ['paper', 'card', 'sunk'];
const TEXT = [
  ...['ink', 'ink-soft', 'primary', 'good', 'wait', 'bad'].flatMap((text) => GROUNDS.map((ground) => [text, ground])),
  ...['primary', 'accent', 'good', 'wait', 'bad'].flatMap((tone) => [
    ['ink', `${tone}-soft`],
    ['ink-soft', `${tone}-soft`],
    ...(tone === 'accent' ? [] : [[tone, `${tone}-soft`]])
  ]),
  ['primary', 'primary-soft'],
  ['on-primary', 'primary'],
  ['on-primary', 'primary-strong'],
  ['on-accent', 'accent'],
  ['paper', 'ink']
];
const SHAPES = GROUNDS.map((ground) => ['edge', ground]);

describe.each(Object.entries(SETS))('the %s set', (_, set) => {
  const colour = (name: string): Rgb => set.get(name) ?? expect.fail(`${name} is missing`);

  test.each(TEXT)('%s can be read on %s', (text, ground) => {
    expect(contrast(colour(String(text)), colour(String(ground)))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(SHAPES)('%s can be seen on %s', (shape, ground) => {
    expect(contrast(colour(String(shape)), colour(String(ground)))).toBeGreaterThanOrEqual(3);
  });
});

test('the dark set is the same by wish and by choice', () => {
  expect(SETS.dark.size).toBeGreaterThan(15);
  expect(SETS['dark by the device']).toEqual(SETS.dark);
});
