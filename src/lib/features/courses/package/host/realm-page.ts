import { isByItself, scriptIn } from './address';
import { define, value, wrap, type Frame, type Host, type Realm } from './frame';
import { isFrame } from './realm-elements';
import type { Markup } from './markup';

/** Reading and leaving a page: `document.write`, links, forms, frames that appear, windows that open. */
export function installPage(realm: Realm, frame: Frame, host: Host, markupFor: () => Markup): void {
  const { prototype } = realm.Document;
  const again = (page: Document) => {
    if (page !== realm.document) return;
    frame.markup = markupFor();
    watch(realm, frame, host);
  };
  wrap(prototype, 'open', (native) => (self, args) => {
    if (args.length > 2) return realm.open(...(args as [string, string]));
    const page = native(self, args);
    again(realm.document);
    return page;
  });
  for (const [name, end] of [
    ['write', ''],
    ['writeln', '\n']
  ] as const)
    wrap(prototype, name, (native) => (self, parts) => {
      // Writing into a page that was read to its end begins a new one.
      if (realm.document.readyState === 'complete' && self === realm.document) realm.document.open();
      return native(self, [(frame.markup ??= markupFor()).feed(parts.map(String).join('') + end)]);
    });

  wrap(
    realm,
    'open',
    () =>
      (_, [reference, name]) =>
        host.open(frame, reference === undefined ? '' : String(reference), String(name ?? ''))
  );
  value(realm, 'close', () => host.close(frame));
  if (frame.opener) define(realm, 'opener', { get: () => frame.opener, set: () => undefined });
  wrap(realm.HTMLFormElement.prototype, 'submit', () => (self) => {
    if (self instanceof realm.HTMLFormElement) send(self, frame, host);
  });
  watch(realm, frame, host);
}

/** Listens to the page. A page that is opened anew has forgotten who listened. */
export function watch(realm: Realm, frame: Frame, host: Host): void {
  const page = realm.document;
  // A frame without an address is loaded at once, before any script can reach into it.
  page.addEventListener(
    'load',
    (event) => {
      const { target } = event;
      if (!(target instanceof realm.Element) || !isFrame(target)) return;
      const shown = host.frameOf(target.contentWindow);
      if (shown?.state === 'page' && host.isReady(shown)) return;
      if (shown?.state === 'blank') {
        event.stopImmediatePropagation();
        host.blanked(shown);
      } else if (host.adopt(target)) event.stopImmediatePropagation();
    },
    true
  );
  new realm.MutationObserver((changes) => {
    for (const { target } of changes) {
      if (!(target instanceof realm.HTMLElement)) continue;
      const style = target.getAttribute('style') ?? '';
      const placed = host.library.style(style, frame.base);
      if (placed !== style && /url\(/i.test(style)) target.setAttribute('style', style);
    }
  }).observe(page, { subtree: true, attributes: true, attributeFilter: ['style'] });
  for (const name of ['pointerup', 'keydown']) realm.addEventListener(name, host.alive, true);
  realm.addEventListener('click', (event) => follow(event, realm, frame, host), true);
  realm.addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof realm.HTMLFormElement)) return;
    event.preventDefault();
    send(form, frame, host, event.submitter);
  });
}

/**
 * A link is led through a script for as long as its click lasts: the page's own handlers decide as always whether it is
 * followed, and what they read of it is what the page wrote.
 */
function follow(event: MouseEvent, realm: Realm, frame: Frame, host: Host): void {
  const link = event.composedPath().find((node): node is HTMLAnchorElement | HTMLAreaElement => {
    return node instanceof realm.HTMLAnchorElement || node instanceof realm.HTMLAreaElement;
  });
  const reference = link?.getAttribute('href');
  if (
    !link ||
    reference === null ||
    reference === undefined ||
    scriptIn(reference) !== undefined ||
    isByItself(reference)
  )
    return;
  const { setAttribute, removeAttribute } = realm.Element.prototype;
  const target = link.target;
  const written = URL.parse(reference, frame.base)?.href ?? reference;
  value(realm, '__follow', () => {
    const shown = host.named(frame, target);
    if (shown) host.go(shown, reference, { base: frame.base });
    else host.open(frame, reference, target);
  });
  define(link, 'href', { get: () => written, set: (next: unknown) => restore(String(next)) });
  define(link, 'getAttribute', {
    value: (name: string) => (name === 'href' ? reference : realm.Element.prototype.getAttribute.call(link, name))
  });
  const ended = setTimeout(() => restore(reference), 0);
  const restore = (next: string) => {
    clearTimeout(ended);
    Reflect.deleteProperty(link, 'href');
    Reflect.deleteProperty(link, 'getAttribute');
    setAttribute.call(link, 'href', next);
    if (target) link.target = target;
  };
  setAttribute.call(link, 'href', 'javascript:void __follow()');
  removeAttribute.call(link, 'target');
}

/** Forms lead to pages with what was entered in the address; nothing receives a form here. */
function send(form: HTMLFormElement, frame: Frame, host: Host, submitter?: HTMLElement | null): void {
  const action = form.getAttribute('action') ?? '';
  const address = URL.parse(action || frame.address.href, frame.base);
  if (!address) return;
  const entries = new FormData(form, submitter ?? null);
  const query = new URLSearchParams([...entries].map(([name, entry]) => [name, String(entry)]));
  if (form.method !== 'post') address.search = query.toString();
  const shown = host.named(frame, form.target);
  if (shown) host.go(shown, address.href, { base: frame.base });
  else host.open(frame, address.href, form.target);
}
