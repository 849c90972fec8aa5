import { isByItself, scriptIn } from './address';

/** What a page's markup is rewritten with. */
export interface MarkupWorld {
  /** The address against which references count; `<base>` changes it. */
  base: string;
  /** The address on this device of a file that the page shows. */
  place(reference: string, base: string, as: 'file' | 'script' | 'module' | 'style'): string;
  script(code: string): string;
  module(code: string): string;
  style(css: string, base: string): string;
}

/** Where elements name a file that the browser loads with them. */
export const LOADED: Record<string, readonly string[]> = {
  img: ['src', 'srcset'],
  script: ['src'],
  link: ['href'],
  audio: ['src'],
  video: ['src', 'poster'],
  source: ['src', 'srcset'],
  track: ['src'],
  input: ['src'],
  embed: ['src'],
  image: ['href', 'xlink:href'],
  body: ['background'],
  table: ['background'],
  td: ['background'],
  th: ['background'],
  tr: ['background']
};

/** What a package wrote stands beside what it became. */
export const ORIGINAL = 'data-package-';

/** Kinds of links that are fetched; others would only ask the network. */
const LINKS = /\b(?:stylesheet|icon)\b/i;
const SCRIPT_TYPES = /^\s*(?:$|module$|(?:text|application)\/(?:x-)?(?:java|ecma)script)/i;
const RAW = new Set(['script', 'style', 'textarea', 'title', 'xmp', 'iframe', 'noembed', 'noframes', 'noscript']);
const VOID = new Set('area base br col embed frame hr img input link meta param source track wbr'.split(' '));
/** What would cut a page off from its own parts, or is about addresses that it does not have here. */
const DROPPED = new Set(['integrity', 'crossorigin', 'nonce', 'sandbox', 'csp', 'ping', 'shadowrootmode']);

const OPENING = /<([a-z][^\s/>]*)((?:"[^"]*"|'[^']*'|[^'">])*)>/iy;
const ATTRIBUTE = /([^\s=>"'/][^\s=>/]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>][^\s>]*))?/g;
const OTHER = /<!--[\s\S]*?-->|<[!?][^>]*>|<\/[a-z][^>]*>|[^<]+/iy;

type Attributes = Map<string, string | undefined>;

/** Rewrites markup as it comes, also in parts: what is not whole yet waits for the next one. */
export class Markup {
  readonly #world: MarkupWorld;
  readonly #xml: boolean;
  #rest = '';

  /** @param xml whether `<script/>` is an element without content, as in XHTML */
  constructor(world: MarkupWorld, xml = false) {
    this.#world = world;
    this.#xml = xml;
  }

  /** @param whole whether nothing follows */
  feed(part: string, whole = false): string {
    const text = this.#rest + part;
    let at = 0;
    let out = '';
    while (at < text.length) {
      OPENING.lastIndex = at;
      const opening = OPENING.exec(text);
      OTHER.lastIndex = at;
      const other = opening ? undefined : OTHER.exec(text)?.[0];
      if (opening) {
        const [all, name = '', attributes = ''] = opening;
        const end = this.#contentEnd(text, at + all.length, name, attributes);
        if (end === undefined && !whole) break;
        out += this.#element(name, attributes, text.slice(at + all.length, end ?? text.length));
        at = end ?? text.length;
      } else if (other !== undefined) {
        out += other;
        at += other.length;
      } else if (/^<(?:[a-z!?/]|$)/i.test(text.slice(at, at + 2)) && !whole) break;
      else {
        out += text[at] ?? '';
        at += 1;
      }
    }
    this.#rest = text.slice(at);
    return out;
  }

  /** Where the text of an element ends that holds no markup; the place itself for all others. */
  #contentEnd(text: string, at: number, name: string, attributes: string): number | undefined {
    const closed = this.#xml && attributes.endsWith('/');
    if (closed || !RAW.has(name.toLowerCase())) return at;
    const end = new RegExp(`</${name}(?=[\\s/>])`, 'ig');
    end.lastIndex = at;
    return end.exec(text)?.index;
  }

  #element(written: string, source: string, content: string): string {
    const name = written.toLowerCase();
    const attributes: Attributes = new Map();
    for (const [, key = '', value] of source.matchAll(ATTRIBUTE))
      if (!attributes.has(key.toLowerCase()))
        attributes.set(key.toLowerCase(), value && decode(value.replace(/^(["'])([\s\S]*)\1$/, '$2')));
    const more = this.#attributes(name, attributes);
    const closed = this.#xml && source.endsWith('/') && !VOID.has(name);
    const tail = closed ? `></${written}>` : source.endsWith('/') ? '/>' : '>';
    return `<${written}${write(attributes)}${tail}${this.#content(name, attributes, content)}${more}`;
  }

  #content(name: string, attributes: Attributes, content: string): string {
    if (name === 'style') return this.#world.style(content, this.#world.base);
    if (name !== 'script' || content === '') return content;
    const type = attributes.get('type') ?? '';
    if (!SCRIPT_TYPES.test(type)) return content;
    return /module/i.test(type) ? this.#world.module(content) : this.#world.script(content);
  }

  /** Changes the attributes in place; answers markup that follows the element. */
  #attributes(name: string, attributes: Attributes): string {
    const { base } = this.#world;
    if (name === 'base') this.#base(attributes);
    if (name === 'meta') return this.#meta(attributes);
    if (name === 'link' && !LINKS.test(attributes.get('rel') ?? '')) attributes.delete('href');
    if (name === 'iframe' || name === 'frame') this.#frame(attributes);
    if (name === 'object') return this.#object(attributes);
    for (const key of LOADED[name] ?? []) {
      const value = attributes.get(key);
      if (value === undefined || isByItself(value)) continue;
      attributes.set(ORIGINAL + key, value);
      attributes.set(key, this.placeOf(name, key, value, attributes.get('type') ?? '', attributes.get('rel') ?? ''));
    }
    for (const [key, value] of attributes) {
      if (DROPPED.has(key)) attributes.delete(key);
      else if (value === undefined) continue;
      else if (key.startsWith('on')) attributes.set(key, this.#world.script(value));
      else if (key === 'style') attributes.set(key, this.#world.style(value, base));
      else if (key === 'href' || key === 'action') {
        const code = scriptIn(value);
        if (code !== undefined) attributes.set(key, `javascript:${this.#world.script(code)}`);
      }
    }
    return '';
  }

  /** The address that an element's attribute becomes. */
  placeOf(name: string, key: string, value: string, type: string, rel: string): string {
    const { base } = this.#world;
    if (key === 'srcset')
      return value.replace(
        /(^|,\s*)([^\s,]\S*)/g,
        (_, before: string, one: string) => before + this.#world.place(one.replace(/,$/, ''), base, 'file')
      );
    if (name === 'script') return this.#world.place(value, base, /module/i.test(type) ? 'module' : 'script');
    return this.#world.place(value, base, name === 'link' && /stylesheet/i.test(rel) ? 'style' : 'file');
  }

  #base(attributes: Attributes): void {
    const address = URL.parse(attributes.get('href') ?? '', this.#world.base);
    if (address) this.#world.base = address.href;
    attributes.delete('href');
  }

  #meta(attributes: Attributes): string {
    const kind = (attributes.get('http-equiv') ?? '').toLowerCase();
    if (kind !== 'refresh' && kind !== 'content-security-policy' && kind !== 'x-dns-prefetch-control') return '';
    attributes.delete('http-equiv');
    const [, seconds = '0', to] =
      /^\s*([\d.]*)\s*[;,]?\s*(?:url\s*=\s*)?["']?([^"']*)/i.exec(attributes.get('content') ?? '') ?? [];
    if (kind !== 'refresh') return '';
    const code = `setTimeout(()=>{${to ? `__location.replace(${JSON.stringify(to)})` : '__location.reload()'}},${Number(seconds) * 1_000 || 0})`;
    return `<script>${code.replaceAll('</', '<\\/')}</script>`;
  }

  /** A frame is filled once it stands in the page (pages.ts). */
  #frame(attributes: Attributes): void {
    for (const key of ['src', 'srcdoc']) {
      const value = attributes.get(key);
      if (value === undefined || (key === 'src' && /^\s*(?:about:|$)/i.test(value))) continue;
      attributes.set(ORIGINAL + key, value);
      attributes.delete(key);
    }
    attributes.delete('loading');
  }

  /** Objects are not loaded at all; a picture among them is shown as one. */
  #object(attributes: Attributes): string {
    const data = attributes.get('data');
    if (data === undefined || !/\.(?:svg|png|jpe?g|gif|webp)(?:[?#]|$)/i.test(data)) return '';
    attributes.delete('data');
    const shown: Attributes = new Map(
      ['id', 'class', 'style', 'width', 'height'].flatMap((key) =>
        attributes.has(key) ? [[key, attributes.get(key)]] : []
      )
    );
    shown.set('src', this.#world.place(data, this.#world.base, 'file'));
    return `<img${write(shown)}>`;
  }
}

const write = (attributes: Attributes): string =>
  [...attributes].map(([key, value]) => (value === undefined ? ` ${key}` : ` ${key}="${encode(value)}"`)).join('');

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const decode = (text: string): string =>
  text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));?/gi,
    (all: string, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return NAMED[name.toLowerCase()] ?? all;
      const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all;
    }
  );

/** What other names for characters stand for is the browser's to know: they stay as they were written. */
const encode = (text: string): string =>
  text.replace(/&(?![a-z][a-z0-9]*;)|&(?=(?:amp|lt|gt|quot|apos);)/gi, '&amp;').replaceAll('"', '&quot;');
