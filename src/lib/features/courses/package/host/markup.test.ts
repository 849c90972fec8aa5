import { expect, test } from 'vitest';
import { Markup, type MarkupWorld } from './markup';

const world = (): MarkupWorld => ({
  base: 'https://package.invalid/a/p.html',
  place: (reference, base, as) => `${as}:${new URL(reference, base).pathname}`,
  script: (code) => `[${code}]`,
  module: (code) => `{${code}}`,
  style: (css) => css.replace('url(x.png)', 'url(X)')
});
const whole = (markup: string, xml = false) => new Markup(world(), xml).feed(markup, true);

test.each([
  ['<img src="x.png" alt=a>', '<img src="file:/a/x.png" alt="a" data-package-src="x.png">'],
  ["<IMG SRC='../x.png'>", '<IMG src="file:/x.png" data-package-src="../x.png">'],
  ['<script src=x.js></script>', '<script src="script:/a/x.js" data-package-src="x.js"></script>'],
  ['<script>if (a<b) location</script>', '<script>[if (a<b) location]</script>'],
  ['<script type="application/json">{"a":1}</script>', '<script type="application/json">{"a":1}</script>'],
  ['<link rel=stylesheet href="s.css">', '<link rel="stylesheet" href="style:/a/s.css" data-package-href="s.css">'],
  ['<link rel=preconnect href="https://evil.example/">', '<link rel="preconnect">'],
  ['<a href="b.html#c" onclick="go(\'x\')">', '<a href="b.html#c" onclick="[go(\'x\')]">'],
  ['<a href="javascript:go(&quot;x&quot;)">', '<a href="javascript:[go(&quot;x&quot;)]">'],
  [
    '<body background="x.png" style="background:url(x.png)">',
    '<body background="file:/a/x.png" style="background:url(X)" data-package-background="x.png">'
  ],
  ['<iframe src="c.html" sandbox></iframe>', '<iframe data-package-src="c.html"></iframe>'],
  ['<frame name=n src=c.html>', '<frame name="n" data-package-src="c.html">'],
  [
    '<img srcset="a.png 1x, b.png 2x">',
    '<img srcset="file:/a/a.png 1x, file:/a/b.png 2x" data-package-srcset="a.png 1x, b.png 2x">'
  ],
  ['<base href="../b/"><img src=x>', '<base><img src="file:/b/x" data-package-src="x">'],
  ['<meta http-equiv="Content-Security-Policy" content="x">', '<meta content="x">'],
  ['<!-- <img src=x> --><p title="<img src=y>">a < b</p>', '<!-- <img src=x> --><p title="<img src=y>">a < b</p>'],
  ['<textarea><img src=x></textarea>', '<textarea><img src=x></textarea>'],
  ['<img src="data:image/gif;base64,R0">', '<img src="data:image/gif;base64,R0">']
])('%s', (markup, written) => expect(whole(markup)).toBe(written));

test('what is written in parts is read as one', () => {
  const markup = new Markup(world());
  const parts = ['<scr', 'ipt src="x', '.js"></scr', 'ipt><scr', 'ipt>a=1;', 'b=2</script', '>text'];
  expect(parts.map((part) => markup.feed(part)).join('')).toBe(
    '<script src="script:/a/x.js" data-package-src="x.js"></script><script>[a=1;b=2]</script>text'
  );
});

test('in XHTML an element may close itself', () => {
  expect(whole('<script src="x.js"/><p/>', true)).toBe(
    '<script src="script:/a/x.js" data-package-src="x.js"></script><p></p>'
  );
});

test('a page that leads on by itself does so in the package', () => {
  expect(whole('<meta http-equiv=refresh content="2; URL=b.html">')).toContain('__location.replace("b.html")},2000)');
});
