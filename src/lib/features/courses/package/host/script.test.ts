import { expect, test } from 'vitest';
import { rewriteScript } from './script';

test.each([
  ['location.href = "a.html"', '__location.href = "a.html"'],
  ['window.location="a"', 'window.__$location="a"'],
  ['parent.content.location.replace(u)', 'parent.content.__$location.replace(u)'],
  ['document.location.search', 'document.__$location.search'],
  ['window["location"].href', "window['__$location'].href"],
  ['var x = { location: 1, top: 2 }', 'var x = { location: 1, top: 2 }'],
  ['f({ location })', 'f({ location: __location })'],
  ['const { top, left } = box', 'const { top: __top, left } = box'],
  ['f(a, location, b)', 'f(a, __location, b)'],
  ['a ? top : location', 'a ? __top : __location'],
  ['if (top != self) top.API', 'if (__top != self) __top.API'],
  ['window.top.API', 'window.__$top.API'],
  ['el.style.top = rect.top + "px"', 'el.style.top = rect.top + "px"'],
  ['top: for (;;) { break top }', 'top: for (;;) { break top }'],
  ['function top() {} x = top()', 'function top() {} x = top()'],
  ['// location\n/* top */ location', '// location\n/* top */ __location'],
  ['"location" + \'top\'', '"location" + \'top\''],
  ['`location ${location} top ${ {a:1} } top`', '`location ${__location} top ${ {a:1} } top`'],
  ['x.replace(/location/g, location)', 'x.replace(/location/g, __location)'],
  ['a = b / location / c', 'a = b / __location / c'],
  ['if (x) /top"/.test(location)', 'if (x) /top"/.test(__location)'],
  ['eval("a" + f(b)); location', 'eval(__script("a" + f(b))); __location'],
  ['window.eval(a) + o.eval(b)', 'window.eval(__script(a)) + o.eval(b)'],
  ['routes.location(x)', 'routes.location(x)'],
  [
    'class A { async import(a) {} } ({ eval(a) {}, b: eval(c) })',
    'class A { async import(a) {} } ({ eval(a) {}, b: eval(__script(c)) })'
  ],
  ['<!-- location\ntop', '<!-- location\n__top'],
  ['class A { top = 1; location() {} }', 'class A { top = 1; location() {} }']
])('%s', (code, written) => expect(rewriteScript(code)).toBe(written));

test('modules find each other', () => {
  const world = { address: 'https://package.invalid/a/m.js', module: (name: string) => `blob:${name}` };
  expect(rewriteScript('import a from "./a.js"; export { b } from \'./b.js\'', world)).toBe(
    'import a from "blob:./a.js"; export { b } from "blob:./b.js"'
  );
  expect(rewriteScript('import("./" + n).then(f)', world)).toBe(
    'import(__module("https://package.invalid/a/m.js", "./" + n)).then(f)'
  );
  expect(rewriteScript('new URL("x", import.meta.url)', world)).toBe('new URL("x", "https://package.invalid/a/m.js")');
});

test('a large script with long texts passes', () => {
  const long = `var a = "${'x\\n'.repeat(500_000)}"; location`;
  expect(rewriteScript(long).endsWith('"; __location')).toBe(true);
});
