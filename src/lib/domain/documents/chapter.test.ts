import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assertChapter, ATTRIBUTES, ELEMENTS, type ChapterNode } from './chapter.ts';

const SHA = 'a'.repeat(64);
const chapter = (...nodes: unknown[]) => ({ version: 1, title: 'Bab', nodes });
const accepts = (value: unknown): boolean => {
  try {
    assertChapter(value);
    return true;
  } catch {
    return false;
  }
};

describe('a chapter', () => {
  test.each<[string, unknown]>([
    ['no nodes', chapter()],
    ['text', chapter('halo')],
    ['elements', chapter(['p', { lang: 'id' }, 'a', ['em', {}, 'b']], ['img', { src: SHA, alt: '', width: '3' }])],
    ['links', chapter(['a', { href: '#bab-2' }], ['a', { href: '#bab-2/x/y' }], ['a', { href: 'https://bkn.go.id' }])]
  ])('may have %s', (_, value) => expect(accepts(value)).toBe(true));

  test.each<[string, unknown]>([
    ['null', null],
    ['another version', { ...chapter(), version: 2 }],
    ['no title', { version: 1, nodes: [] }],
    ['a number as node', chapter(1)],
    ['an unknown element', chapter(['script', {}, 'alert(1)'])],
    ['a name in another case', chapter(['SCRIPT', {}])],
    ['a name that is a list', chapter([['p'], {}])],
    ['an inherited name', chapter(['constructor', {}])],
    ['no attributes', chapter(['p'])],
    ['text as attributes', chapter(['p', 'x'])],
    ['a list as attributes', chapter(['p', []])],
    ['an event handler', chapter(['p', { onclick: 'x' }])],
    ['a style', chapter(['p', { style: 'x' }])],
    ['an attribute that is no text', chapter(['td', { colspan: 2 }])],
    ['a script link', chapter(['a', { href: 'javascript:alert(1)' }])],
    ['a script link with white space', chapter(['a', { href: ' javascript:alert(1)' }])],
    ['a data link', chapter(['a', { href: 'data:text/html,x' }])],
    ['an http link', chapter(['a', { href: 'http://x.example' }])],
    ['a relative link', chapter(['a', { href: '/api/session' }])],
    ['a remote picture', chapter(['img', { src: 'https://x.example/a.png' }])],
    ['a picture with a path', chapter(['img', { src: `../${SHA}` }])],
    ['a fault deep inside', chapter(['ul', {}, ['li', {}, ['b', {}, ['iframe', {}]]]])]
  ])('may not have %s', (_, value) => expect(accepts(value)).toBe(false));

  test('names the place of the fault', () => {
    expect(() => assertChapter(chapter('a', ['p', {}, 'b', ['form', {}]]))).toThrow('nodes[1][1]');
  });

  test('is refused when it is nested deeper than a reader can draw', () => {
    const nest = (depth: number) =>
      Array.from({ length: depth }).reduce<ChapterNode>((inner) => ['div', {}, inner], 'x');
    expect(accepts(chapter(nest(200)))).toBe(true);
    expect(accepts(chapter(nest(202)))).toBe(false);
  });
});

test('whatever JSON is accepted holds only known elements and attributes', () => {
  const name = fc.oneof(fc.constantFrom(...ELEMENTS), fc.constantFrom('script', 'svg', '__proto__'), fc.anything());
  const attributes = fc.dictionary(
    fc.oneof(fc.constantFrom(...ATTRIBUTES), fc.string()),
    fc.oneof(fc.constantFrom('#x', 'https://x', SHA), fc.string(), fc.integer()),
    { maxKeys: 2 }
  );
  const { node } = fc.letrec<{ node: unknown }>((tie) => ({
    node: fc.oneof(
      { depthSize: 'small' },
      fc.string(),
      fc
        .tuple(name, attributes, fc.array(tie('node'), { maxLength: 3 }))
        .map(([tag, attrs, inner]) => [tag, attrs, ...inner])
    )
  }));
  const known = (value: unknown): boolean => {
    if (typeof value === 'string') return true;
    const [tag, attrs, ...children] = value as [string, object, ...unknown[]];
    return (
      (ELEMENTS as readonly unknown[]).includes(tag) &&
      Object.keys(attrs).every((key) => (ATTRIBUTES as readonly string[]).includes(key)) &&
      children.every(known)
    );
  };
  fc.assert(
    fc.property(fc.array(node, { maxLength: 3 }), (nodes) => {
      if (accepts(chapter(...nodes))) expect(nodes.every(known)).toBe(true);
    }),
    { numRuns: 500 }
  );
});
