import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readScorm } from './index.ts';
import { descriptorOf, manifestOf, simple, zip } from './testing/package.ts';

const PAGE = '<html><body>isi</body></html>';
const refusal = (bytes: Uint8Array) =>
  readScorm(bytes).then(
    () => 'accepted',
    (error: unknown) => error
  );
const scoOf = async (bytes: Uint8Array) => descriptorOf(await readScorm(bytes), 0).scos[0];

describe('a package', () => {
  test('of SCORM 1.2 becomes one chapter for each unit, in the order of the tree', async () => {
    const items = `<item identifier="m1"><title>Modul</title>
        <item identifier="a" identifierref="r1" parameters="?bab=1#awal"><title>Bab A</title>
          <adlcp:masteryscore>80</adlcp:masteryscore><adlcp:datafromlms>x=1</adlcp:datafromlms></item>
        <item identifier="sembunyi" identifierref="r1" isvisible="false"><title>Tersembunyi</title></item></item>
      <item identifier="b" identifierref="r2"><title>Bab B</title></item>`;
    const resources = `<resource identifier="r1" adlcp:scormtype="sco" xml:base="isi/" href="a.html?x=2"/>
      <resource identifier="r2" adlcp:scormtype="asset" href="isi/b.html"/>`;
    const imported = await readScorm(
      zip(
        { 'isi/a.html': PAGE, 'isi/b.html': 'b', 'isi/sama.html': PAGE },
        manifestOf({ items, resources, title: 'Uji' })
      )
    );
    expect(imported.course).toMatchObject({ title: 'Uji', kind: 'course', language: 'id' });
    expect(imported.course.chapters.map(({ id, title, form }) => ({ id, title, form }))).toEqual([
      { id: 'a', title: 'Bab A', form: 'package' },
      { id: 'b', title: 'Bab B', form: 'package' }
    ]);
    expect(descriptorOf(imported, 0)).toMatchObject({
      standard: 'scorm12',
      scos: [
        { launch: 'isi/a.html', parameters: '?x=2&bab=1#awal', reports: true, masteryScore: 0.8, launchData: 'x=1' }
      ]
    });
    expect(descriptorOf(imported, 1).scos[0]).toMatchObject({ launch: 'isi/b.html', reports: false });
    // What has the same content is one file of the course, under both of its paths.
    expect(imported.course.chapters[0]?.images).toHaveLength(2);
    expect(descriptorOf(imported, 0).files.map(({ path }) => path)).toEqual([
      'isi/a.html',
      'isi/b.html',
      'isi/sama.html'
    ]);
    expect(imported.course.size).toBe(imported.files.reduce((sum, { body }) => sum + body.byteLength, 0));
  });

  test('of SCORM 2004 keeps what passes and completes, and says that its rules are not followed', async () => {
    const items = `<item identifier="a" identifierref="r1"><title>A</title>
      <adlcp:completionThreshold minProgressMeasure="0.9"/><adlcp:dataFromLMS>data</adlcp:dataFromLMS>
      <imsss:sequencing><imsss:sequencingRules/><imsss:objectives><imsss:primaryObjective objectiveID="utama" satisfiedByMeasure="true">
      <imsss:minNormalizedMeasure>0.7</imsss:minNormalizedMeasure></imsss:primaryObjective></imsss:objectives>
      </imsss:sequencing></item>`;
    const resources = '<resource identifier="r1" adlcp:scormType="sco" href="index.html"/>';
    const imported = await readScorm(
      zip({ 'index.html': PAGE }, manifestOf({ version: '2004 4th Edition', items, resources }))
    );
    expect(descriptorOf(imported, 0)).toMatchObject({
      standard: 'scorm2004',
      scos: [{ masteryScore: 0.7, completionThreshold: 0.9, launchData: 'data', objectives: ['utama'] }]
    });
    expect(imported.removed).toEqual([
      'imsmanifest.xml: rules of sequence are not followed: chapters are open in their order'
    ]);
  });

  test('may stand in a folder, be made on Windows and be spelled in another case', async () => {
    const resources = '<resource identifier="r1" adlcp:scormtype="sco" href="Isi\\Mulai%20Di%20Sini.HTM"/>';
    const bytes = zip({
      'Kursus\\IMSManifest.xml': simple({ resources }),
      'Kursus\\isi\\mulai di sini.htm': PAGE,
      'Kursus\\isi\\Thumbs.db': 'x',
      'Kursus\\adlcp_rootv1p2.xsd': 'x'
    });
    const imported = await readScorm(bytes);
    expect(descriptorOf(imported, 0).files.map(({ path }) => path)).toEqual(['isi/mulai di sini.htm']);
    expect(await scoOf(bytes)).toMatchObject({ launch: 'isi/mulai di sini.htm' });
  });

  test('has names in UTF-8, whether the archive says so or not', async () => {
    const name = 'isi/Übung – pelajaran.html';
    const resources = `<resource identifier="r1" adlcp:scormtype="sco" href="${name}"/>`;
    const flagged = zip({ [name]: PAGE }, simple({ resources }));
    const unflagged = Buffer.from(flagged);
    for (let at = 0; at < unflagged.length - 10; at += 1) {
      const signature = unflagged.readUInt32LE(at);
      const flags = at + (signature === 0x04034b50 ? 6 : 8);
      if (signature === 0x04034b50 || signature === 0x02014b50)
        unflagged.writeUInt16LE(unflagged.readUInt16LE(flags) & ~0x800, flags);
    }
    for (const bytes of [flagged, new Uint8Array(unflagged)])
      expect(await scoOf(bytes)).toMatchObject({ launch: name.normalize('NFC') });
  });

  test('whose manifest is in the code page of its maker is read', async () => {
    const manifest = new Uint8Array(Buffer.from(simple({ title: 'Café' }), 'latin1'));
    const { course } = await readScorm(zip({ 'imsmanifest.xml': manifest, 'index.html': PAGE }));
    expect(course.title).toBe('Café');
  });

  test('tells its publisher what stays out of reach', async () => {
    const page = '<script src="https://cdn.example.com/x.js"></script><a href="https://example.com/">situs</a>';
    const { removed } = await readScorm(zip({ 'index.html': page, 'film.swf': 'FWS' }, simple()));
    expect(removed).toEqual([
      'index.html: remote file https://cdn.example.com/x.js, which stays out of reach',
      'film.swf: Flash, which no browser plays any more'
    ]);
  });

  test('of many chapters gives each what it declares and what nobody declares', async () => {
    const numbers = Array.from({ length: 120 }, (_, index) => index);
    const files = Object.fromEntries(numbers.map((n) => [`isi/${n}.html`, `halaman ${n}`]));
    const items = numbers
      .map((n) => `<item identifier="i${n}" identifierref="r${n}"><title>${n}</title></item>`)
      .join('');
    const resources = numbers
      .map(
        (n) =>
          `<resource identifier="r${n}" adlcp:scormtype="sco" href="isi/${n}.html"><dependency identifierref="d"/></resource>`
      )
      .join('');
    const shared = '<resource identifier="d" adlcp:scormtype="asset"><file href="gaya.css"/></resource>';
    const imported = await readScorm(
      zip({ ...files, 'gaya.css': 'a{}', 'lupa.js': '1' }, manifestOf({ items, resources: resources + shared }))
    );
    expect(descriptorOf(imported, 7).files.map(({ path }) => path)).toEqual(['isi/7.html', 'gaya.css', 'lupa.js']);
  });
});

test('an archive of pages becomes a lesson that reports nothing', async () => {
  const imported = await readScorm(
    zip({ 'pelajaran/index.html': '<title>Air Bersih</title>', 'pelajaran/a.png': 'x' })
  );
  expect(imported.course).toMatchObject({ title: 'Air Bersih' });
  expect(descriptorOf(imported, 0)).toMatchObject({
    standard: 'html',
    scos: [{ launch: 'index.html', reports: false }]
  });
});

describe('what is refused, and why', () => {
  const missing = '<resource identifier="r1" adlcp:scormtype="sco" href="tiada.html"/>';
  const remote = '<resource identifier="r1" adlcp:scormtype="sco" href="https://example.com/x.html"/>';
  test.each([
    ['neither manifest nor page', zip({ 'a.txt': 'x' }), 'unreadable', 'index.html'],
    [
      'a launch that is missing',
      zip({ 'index.html': PAGE }, simple({ resources: missing })),
      'unreadable',
      'tiada.html'
    ],
    ['a launch elsewhere', zip({ 'index.html': PAGE }, simple({ resources: remote })), 'unreadable', 'example.com'],
    ['nothing to launch', zip({ 'index.html': PAGE }, simple({ resources: '' })), 'no-chapters', 'imsmanifest.xml'],
    ['broken XML', zip({ 'index.html': PAGE }, '<manifest><a></manifest>'), 'broken-xml', 'imsmanifest.xml'],
    ['another document', zip({ 'index.html': PAGE }, '<html/>'), 'unreadable', '<html>'],
    ['a way out', zip({ '..\\jahat.html': PAGE, 'index.html': PAGE }, simple()), 'unsafe-name', 'jahat']
  ])('%s', async (_, bytes, code, why) => {
    expect(await refusal(bytes)).toMatchObject({ code, message: expect.stringContaining(why) });
  });

  test('too many files', async () => {
    const files = Object.fromEntries(Array.from({ length: 5_001 }, (_, index) => [`f/${index}.txt`, '']));
    expect(await refusal(zip({ ...files, 'index.html': PAGE }, simple()))).toMatchObject({ code: 'too-large' });
  });
});

const GOLF = fileURLToPath(new URL('../../../../shared/data/scorm/golf-scorm2004.zip', import.meta.url));

test.runIf(existsSync(GOLF))('a package that others made (in ../shared/data/scorm)', async () => {
  const imported = await readScorm(GOLF);
  expect(imported.course).toMatchObject({ title: 'Golf Explained - Run-time Advanced Calls', size: 440_085 });
  expect(imported.course.chapters).toHaveLength(1);
  expect(descriptorOf(imported, 0)).toMatchObject({
    standard: 'scorm2004',
    scos: [{ launch: 'shared/launchpage.html', masteryScore: 0.8, reports: true }]
  });
  expect(imported.removed).toEqual([]);
});
