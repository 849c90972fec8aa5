import { expect, test } from 'vitest';
import { readEpub } from './index.ts';
import { chapterOf, epub } from './testing/book.ts';

const nodesOf = async (body: string) => chapterOf(await readEpub(epub({ bodies: [body] })), 0).nodes;

test('a formula keeps its structure and its layout, whatever its prefix', async () => {
  const nodes = await nodesOf(`<p>Jadi <m:math xmlns:m="http://www.w3.org/1998/Math/MathML" display="block">
    <m:mfrac linethickness="2px"><m:mi mathvariant="normal">x</m:mi><m:msqrt><m:mn> 2 </m:mn></m:msqrt></m:mfrac></m:math>.</p>`);
  expect(nodes).toEqual([
    [
      'p',
      {},
      'Jadi ',
      [
        'math',
        { display: 'block' },
        ['mfrac', { linethickness: '2px' }, ['mi', { mathvariant: 'normal' }, 'x'], ['msqrt', {}, ['mn', {}, '2']]]
      ],
      '.'
    ]
  ]);
});

test('what MathML Core does not draw becomes what it means', async () => {
  const nodes = await nodesOf(`<math><semantics><mrow><mfenced open="[" separators=";"><mi>a</mi><mi>b</mi></mfenced>
    <menclose notation="box"><mi>c</mi></menclose></mrow><annotation encoding="application/x-tex">[a;b]</annotation></semantics></math>`);
  const bracket = (sign: string) => ['mo', { stretchy: 'true' }, sign];
  const fenced = ['mrow', {}, bracket('['), ['mi', {}, 'a'], ['mo', {}, ';'], ['mi', {}, 'b'], bracket(')')];
  expect(nodes).toEqual([['math', {}, ['mrow', {}, fenced, ['mrow', {}, ['mi', {}, 'c']]]]]);
});

test('nothing active enters through a formula', async () => {
  const nodes = await nodesOf(
    `<math href="javascript:alert(1)"><mi href="javascript:1" onclick="1" style="color:red" lspace="url(x)">x</mi>
     <mtext><script>1</script>teks</mtext><annotation-xml encoding="text/html"><p>x</p></annotation-xml></math>`
  );
  expect(nodes).toEqual([['math', {}, ['mi', {}, 'x'], ['mtext', {}, '1teks']]]);
});

test('a switch that offers a formula offers it here as well', async () => {
  const nodes = await nodesOf(`<epub:switch id="s"><epub:case required-namespace="http://www.w3.org/1998/Math/MathML">
    <math><mn>7</mn></math></epub:case><epub:default><p>tujuh</p></epub:default></epub:switch>`);
  expect(nodes).toEqual([['math', {}, ['mn', {}, '7']]]);
});
