import { NOWHERE, urlOf } from './address';
import type { Frame, Host } from './frame';
import type { Library } from './library';
import { Markup } from './markup';

const escape = (text: string): string => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

const STYLE =
  '<style>body{margin:0;font:1rem/1.5 system-ui,sans-serif}main{padding:1rem}img,video{max-width:100%}</style>';

/** The markup of a page, or of one around a file that is none, as it can be written into a window. */
export async function pageOf(
  library: Library,
  path: string | undefined,
  asked: string,
  frame: Frame,
  host: Host,
  words: { missing: string; unshown: string }
): Promise<{ html: string; base: string }> {
  const base = path === undefined ? frame.base : frame.address.href;
  const simple = (body: string) => ({ html: `<!doctype html>${STYLE}<body>${body}`, base });
  if (path === undefined) return simple(`<main><p>${escape(words.missing)}</p><p>${escape(asked)}</p></main>`);
  const type = library.typeOf(path);
  if (/html/.test(type)) return rendered(library, path, base, frame, host);
  const place = library.address(path, 'file');
  if (type.startsWith('image/')) return simple(`<img src="${place}" alt="">`);
  if (type.startsWith('audio/')) return simple(`<main><audio controls autoplay src="${place}"></audio></main>`);
  if (type.startsWith('video/')) return simple(`<video controls autoplay src="${place}"></video>`);
  if (/^text\/|json|xml/.test(type)) return simple(`<main><pre>${escape(library.textOf(path))}</pre></main>`);
  return simple(`<main><p>${escape(words.unshown)}</p><p>${escape(path)}</p></main>`);
}

/** Rewrites the page until every file that it shows is here. */
async function rendered(
  library: Library,
  path: string,
  start: string,
  frame: Frame,
  host: Host
): Promise<{ html: string; base: string }> {
  const text = library.textOf(path);
  const xml = library.typeOf(path) === 'application/xhtml+xml';
  for (;;) {
    const needed = new Set<string>();
    let base = start;
    const markup = new Markup(
      {
        get base() {
          return base;
        },
        set base(next: string) {
          base = next;
        },
        place: (reference, from, as) => {
          const place = library.place(reference, from, as);
          if (place === NOWHERE) library.wanted.forEach((one) => needed.add(one));
          return place;
        },
        script: (code) => host.script(code, frame),
        module: (code) => library.module(code, base),
        style: (css, from) => library.style(css, from)
      },
      xml
    );
    library.wanted.clear();
    const html = markup.feed(text, true);
    library.wanted.forEach((one) => needed.add(one));
    if (needed.size === 0) return { html: withBase(html, base), base };
    await Promise.all([...needed].map((one) => host.later(one)));
  }
}

/** What the page itself resolves, links above all, counts from where it stands in the package. */
const withBase = (html: string, base: string): string => {
  const tag = `<base href="${base.replaceAll('"', '%22')}">`;
  const head =
    /^(?:(?!<body\b|<frameset\b)[\s\S])*?<head(?:\s[^>]*)?>/i.exec(html) ??
    /^(?:\s*<(?:!|\?)[^>]*>)*\s*<html(?:\s[^>]*)?>/i.exec(html) ??
    /^(?:\s*<(?:!|\?)[^>]*>)*/.exec(html);
  const at = head?.[0].length ?? 0;
  return html.slice(0, at) + tag + html.slice(at);
};

export { urlOf };
