import { strToU8, zipSync, type Zippable } from 'fflate';
import { describe, expect, test } from 'vitest';
import { openArchive } from './archive.ts';
import { readEpub } from './index.ts';
import { LIMITS } from './limits.ts';
import { CONTAINER, entriesOf, epub, page } from './testing/book.ts';

const BOOK = { bodies: ['<p>isi</p>'] };
const refusal = (bytes: Uint8Array) =>
  readEpub(bytes).then(
    () => 'accepted',
    (error: unknown) => error
  );
const withEntries = (files: Zippable): Uint8Array => epub({ ...BOOK, files });

/** Patches every place where `from` stands in the archive's bytes. */
function patch(bytes: Uint8Array, from: string, to: string): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  expect(text).toContain(from);
  return new Uint8Array(Buffer.from(text.replaceAll(from, to), 'latin1'));
}

/** Changes a 32-bit field of the central directory record of `name`. */
function patchRecord(bytes: Uint8Array, name: string, offset: number, value: number): Uint8Array {
  const copy = Buffer.from(bytes);
  const record = copy.lastIndexOf(name) - 46;
  expect(copy.readUInt32LE(record)).toBe(0x02014b50);
  copy.writeUInt32LE(value, record + offset);
  return new Uint8Array(copy);
}

test('the book without an attack is accepted', async () => {
  expect(await refusal(epub(BOOK))).toBe('accepted');
});

describe('archives', () => {
  test.each([
    ['empty', new Uint8Array()],
    ['text', strToU8('Ini bukan ZIP')],
    ['the first half of a book', epub(BOOK).subarray(0, 400)]
  ])('%s is no ZIP', async (_, bytes) => {
    expect(await refusal(bytes)).toMatchObject({ code: 'not-a-zip' });
  });

  test.each(['../evil.txt', 'OPS/../../evil.txt', '/etc/evil', 'C:/evil', 'C:evil', 'OPS/a\nb'])(
    'the name %j is refused',
    async (name) => {
      expect(await refusal(withEntries({ [name]: strToU8('x') }))).toMatchObject({ code: 'unsafe-name' });
    }
  );

  test('a name with a backslash is refused', async () => {
    const bytes = patch(withEntries({ 'OPS/aXevil': strToU8('x') }), 'OPS/aXevil', 'OPS\\a\\evil');
    expect(await refusal(bytes)).toMatchObject({ code: 'unsafe-name' });
  });

  test('two entries of one name are refused', async () => {
    const bytes = patch(withEntries({ 'OPS/a1': strToU8('x'), 'OPS/a2': strToU8('y') }), 'OPS/a2', 'OPS/a1');
    expect(await refusal(bytes)).toMatchObject({ code: 'unsafe-name' });
  });

  test('a symbolic link is refused', async () => {
    const link = { os: 3, attrs: 0o120777 << 16 };
    expect(await refusal(withEntries({ 'OPS/link': [strToU8('/etc/passwd'), link] }))).toMatchObject({
      code: 'unsafe-name'
    });
  });

  test('damaged content is refused', async () => {
    const stored = zipSync(entriesOf(BOOK), { level: 0 });
    expect(await refusal(patch(stored, '<p>isi</p>', '<p>lsi</p>'))).toMatchObject({ code: 'unreadable' });
  });

  test('an entry under a password is refused', async () => {
    const bytes = Buffer.from(epub(BOOK));
    const record = bytes.lastIndexOf('OPS/c1.xhtml') - 46;
    bytes.writeUInt16LE(bytes.readUInt16LE(record + 8) | 1, record + 8);
    expect(await refusal(new Uint8Array(bytes))).toMatchObject({ code: 'encrypted' });
  });
});

describe('bombs', () => {
  const zeros = new Uint8Array(3 * 1024 * 1024);

  test('an entry that expands two hundred times is refused', async () => {
    expect(await refusal(withEntries({ 'OPS/bomb': [zeros, { level: 9 }] }))).toMatchObject({ code: 'too-large' });
  });

  test('so is one whose header claims to be small', async () => {
    const bytes = patchRecord(withEntries({ 'OPS/bomb': [zeros, { level: 9 }] }), 'OPS/bomb', 24, 1_000);
    expect(await refusal(bytes)).toMatchObject({ code: 'too-large' });
  });

  test('so is one that claims to be small when packed as well', async () => {
    const bytes = patchRecord(withEntries({ 'OPS/bomb': [zeros, { level: 9 }] }), 'OPS/bomb', 20, 1_000_000);
    expect(await refusal(bytes)).not.toBe('accepted');
  });

  test('entries together, one entry, the number of entries and the file are limited', async () => {
    const three = zipSync({ a: new Uint8Array(400), b: new Uint8Array(400), c: new Uint8Array(400) });
    const open = (limits: Partial<typeof LIMITS>) => openArchive(three, { limits: { ...LIMITS, ...limits } });
    await expect(open({ total: 1_200 })).resolves.toBeDefined();
    for (const limits of [{ total: 1_199 }, { entry: 399 }, { entries: 2 }, { file: 50 }]) {
      await expect(open(limits)).rejects.toMatchObject({ code: 'too-large' });
    }
  });
});

describe('documents', () => {
  test('broken XML is refused with file and line', async () => {
    const error = await refusal(epub({ bodies: [page('<p>satu\n<b>dua</p>')] }));
    expect(error).toMatchObject({ code: 'broken-xml' });
    expect((error as Error).message).toMatch(/OPS\/c1\.xhtml:4:\d+/);
  });

  test.each([
    ['nothing', ''],
    ['no XML', 'halo'],
    ['two roots', '<a/><b/>'],
    ['deep nesting', '<a>'.repeat(100_000)]
  ])('%s as a document is refused', async (_, text) => {
    expect(await refusal(withEntries({ 'OPS/c1.xhtml': strToU8(text) }))).toMatchObject({ code: 'broken-xml' });
  });

  test('bytes that are no UTF-8 are refused', async () => {
    const bytes = withEntries({ 'OPS/c1.xhtml': new Uint8Array([...strToU8('<p>'), 0xff, ...strToU8('</p>')]) });
    expect(await refusal(bytes)).toMatchObject({ code: 'broken-xml' });
  });

  test('an encoding that nobody knows is refused', async () => {
    const bytes = withEntries({ 'OPS/c1.xhtml': strToU8('<?xml version="1.0" encoding="x-rahasia"?><p/>') });
    expect(await refusal(bytes)).toMatchObject({ code: 'broken-xml' });
  });

  test('copy protection is refused, obfuscated fonts are not', async () => {
    const encryption = (algorithm: string) =>
      strToU8(`<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#">
        <enc:EncryptedData><enc:EncryptionMethod Algorithm="${algorithm}"/></enc:EncryptedData></encryption>`);
    const book = (algorithm: string) => withEntries({ 'META-INF/encryption.xml': encryption(algorithm) });
    expect(await refusal(book('http://www.w3.org/2001/04/xmlenc#aes128-cbc'))).toMatchObject({ code: 'encrypted' });
    expect(await refusal(book('http://www.idpf.org/2008/embedding'))).toBe('accepted');
  });

  test.each([
    ['a ZIP that is no EPUB', zipSync({ a: strToU8('x') }), 'unreadable'],
    ['no package document', zipSync({ 'META-INF/container.xml': strToU8(CONTAINER) }), 'unreadable'],
    ['no chapter', epub({ bodies: [] }), 'no-chapters'],
    ['no chapter with content', epub({ bodies: ['<p> </p><script>1</script>'] }), 'no-chapters']
  ])('%s is refused', async (_, bytes, code) => {
    expect(await refusal(bytes)).toMatchObject({ code });
  });
});
