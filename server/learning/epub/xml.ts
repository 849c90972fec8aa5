import { characterEntities } from 'character-entities';
import { SaxesParser } from 'saxes';
import { ImportRefused } from '../types.ts';
import { LIMITS } from './limits.ts';

/** An element by its local name; prefixes carry no meaning that the import uses. */
export interface XmlElement {
  name: string;
  /** By local name, except that `xml:lang` and `epub:type` keep their prefix. */
  attributes: Map<string, string>;
  children: XmlNode[];
}

export type XmlNode = XmlElement | string;

const KEPT_PREFIX = new Set(['xml:lang', 'epub:type']);

/** XHTML's named characters; without a prototype, so that `&constructor;` is no entity. */
const ENTITIES: Record<string, string> = Object.assign(Object.create(null), characterEntities);

/**
 * Parses an XML document strictly. Document types are skipped, so no entity is ever declared, fetched or expanded:
 * only the characters that XML and HTML name are known.
 * @param file name for messages
 * @throws ImportRefused with file, line and column of the first fault
 */
export function parseXml(bytes: Uint8Array, file: string): XmlElement {
  if (bytes.byteLength > LIMITS.xml)
    throw new ImportRefused('too-large', `${file} is larger than ${LIMITS.xml} bytes.`);
  // White space before the declaration is an old slip of book makers, and says nothing.
  const text = decode(bytes, file).replace(/^\s+(?=<)/, '');
  const parser = new SaxesParser({ fileName: file, xmlns: false });
  parser.ENTITIES = ENTITIES;
  const document: XmlElement = { name: '', attributes: new Map(), children: [] };
  const open = [document];
  const current = (): XmlElement => open.at(-1) ?? document;
  const fail = (message: string): never => {
    throw new ImportRefused('broken-xml', `Broken XML in ${message}`);
  };
  parser.on('error', (error) => fail(error.message));
  parser.on('opentag', (tag) => {
    if (open.length > LIMITS.depth) fail(`${file}:${parser.line}: nested more than ${LIMITS.depth} levels deep.`);
    const found: XmlElement = { name: localName(tag.name), attributes: attributesOf(tag.attributes), children: [] };
    current().children.push(found);
    open.push(found);
  });
  parser.on('closetag', () => void open.pop());
  parser.on('text', (value) => void current().children.push(value));
  parser.on('cdata', (value) => void current().children.push(value));
  parser.write(text).close();
  const root = document.children.find((node) => typeof node !== 'string');
  return root ?? fail(`${file}: no element`);
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

function attributesOf(found: Record<string, string>): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const [name, value] of Object.entries(found)) {
    const key = KEPT_PREFIX.has(name) ? name : localName(name);
    // The plain attribute wins over a prefixed one of the same local name.
    if (!attributes.has(key) || key === name) attributes.set(key, value);
  }
  return attributes;
}

function decode(bytes: Uint8Array, file: string): string {
  const label = encodingOf(bytes);
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch (error) {
    throw new ImportRefused('broken-xml', `${file} is not the ${label} it should be: ${(error as Error).message}`);
  }
}

/** From the byte order mark, else from the XML declaration, else UTF-8 (XML 1.0 appendix F). */
function encodingOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0 && second === 0x3c) return 'utf-16be';
  if (first === 0x3c && second === 0) return 'utf-16le';
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const declared = /^(?:\xEF\xBB\xBF)?<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._:-]+)["']/.exec(head)?.[1];
  // A declaration that could be read byte by byte cannot be of a two-byte encoding.
  return declared && !/^utf-?16/i.test(declared) ? declared : 'utf-8';
}

/** The elements among an element's children, by name or all. */
export const elementsOf = (parent: XmlElement, name?: string): XmlElement[] =>
  parent.children.filter((node) => typeof node !== 'string' && (!name || node.name === name)) as XmlElement[];

/** All elements below, in document order, whose name is one of `names`. */
export function findAll(parent: XmlElement, ...names: string[]): XmlElement[] {
  const found: XmlElement[] = [];
  const visit = (element: XmlElement): void => {
    for (const child of elementsOf(element)) {
      if (names.includes(child.name)) found.push(child);
      visit(child);
    }
  };
  visit(parent);
  return found;
}

/** The text inside an element with white space collapsed. */
export const textIn = (node: XmlNode): string => rawText(node).replace(/\s+/g, ' ').trim();

const rawText = (node: XmlNode): string => (typeof node === 'string' ? node : node.children.map(rawText).join(''));
