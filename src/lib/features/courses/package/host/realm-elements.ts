import { isByItself, NOWHERE, scriptIn } from './address';
import { define, wrap, type Frame, type FrameElement, type Host, type Realm } from './frame';
import { LOADED, ORIGINAL, type Markup } from './markup';

/** Properties of elements that name a file, by the interface that has them. */
const PROPERTIES: Record<string, readonly string[]> = {
  HTMLImageElement: ['src', 'srcset'],
  HTMLScriptElement: ['src'],
  HTMLLinkElement: ['href'],
  HTMLMediaElement: ['src'],
  HTMLVideoElement: ['poster'],
  HTMLSourceElement: ['src', 'srcset'],
  HTMLTrackElement: ['src'],
  HTMLInputElement: ['src'],
  HTMLEmbedElement: ['src'],
  HTMLIFrameElement: ['src', 'srcdoc'],
  HTMLFrameElement: ['src']
};

export const isFrame = (element: Element): element is FrameElement =>
  element.localName === 'iframe' || element.localName === 'frame';

/** Gives elements the addresses of the package's files when scripts name them. */
export function installElements(realm: Realm, frame: Frame, host: Host, markupFor: () => Markup): void {
  const { prototype } = realm.Element;
  const { setAttribute: set, getAttribute: get } = prototype;
  const original = (element: Element, name: string) => get.call(element, ORIGINAL + name);

  /** Answers whether the attribute was given here. */
  const give = (element: Element, name: string, content: string): boolean => {
    const tag = element.localName;
    if (isFrame(element)) return giveFrame(element, name, content);
    if (name.startsWith('on')) set.call(element, name, host.script(content, frame));
    else if (name === 'style') set.call(element, name, host.library.style(content, frame.base));
    else if ((name === 'href' || name === 'action') && scriptIn(content) !== undefined)
      set.call(element, name, `javascript:${host.script(scriptIn(content) ?? '', frame)}`);
    else if (!LOADED[tag]?.includes(name)) return false;
    else if (isByItself(content)) {
      element.removeAttribute(ORIGINAL + name);
      return false;
    } else giveFile(element, name, content);
    return true;
  };

  const giveFile = (element: Element, name: string, content: string): void => {
    const { library } = host;
    set.call(element, ORIGINAL + name, content);
    const place = () =>
      markupFor().placeOf(
        element.localName,
        name,
        content,
        get.call(element, 'type') ?? '',
        get.call(element, 'rel') ?? ''
      );
    const path = library.find(content, frame.base);
    if (element.localName === 'link' && !/stylesheet|icon/i.test(get.call(element, 'rel') ?? 'stylesheet')) return;
    if (path === undefined || library.isHere(path))
      return set.call(element, name, path === undefined && name !== 'srcset' ? NOWHERE : place());
    void host.later(path).then(() => {
      if (original(element, name) === content) set.call(element, name, place());
    });
  };

  const giveFrame = (element: FrameElement, name: string, content: string): boolean => {
    if (name === 'sandbox' || name === 'csp') return true;
    const code = name === 'src' ? scriptIn(content) : undefined;
    if (code !== undefined) set.call(element, name, `javascript:${host.script(code, frame)}`);
    else if ((name !== 'src' && name !== 'srcdoc') || isByItself(content) || content.trim() === '') return false;
    else {
      set.call(element, ORIGINAL + name, content);
      const shown = host.frameOf(element.contentWindow);
      if (shown && name === 'src') host.go(shown, content, { base: frame.base, replace: true });
      else if (element.contentWindow) host.adopt(element);
    }
    return true;
  };

  wrap(prototype, 'setAttribute', (native) => (self, [name, content]) => {
    if (self instanceof realm.Element && give(self, String(name).toLowerCase(), String(content))) return undefined;
    return native(self, [name, content]);
  });
  wrap(prototype, 'setAttributeNS', (native) => (self, [space, name, content]) => {
    if (self instanceof realm.Element && give(self, String(name).toLowerCase(), String(content))) return undefined;
    return native(self, [space, name, content]);
  });
  wrap(prototype, 'getAttribute', (native) => (self, [name]) => {
    const kept = self instanceof realm.Element ? original(self, String(name).toLowerCase()) : null;
    return kept ?? native(self, [name]);
  });
  wrap(prototype, 'removeAttribute', (native) => (self, [name]) => {
    native(self, [ORIGINAL + String(name).toLowerCase()]);
    return native(self, [name]);
  });

  for (const [type, names] of Object.entries(PROPERTIES)) {
    const target: unknown = Reflect.get(realm, type);
    if (typeof target !== 'function') continue;
    for (const name of names) property(target.prototype, name, give, original);
  }
  const { createElement } = realm.document;
  define(realm, 'Audio', {
    writable: true,
    value: function (reference?: unknown) {
      const audio = createElement.call(realm.document, 'audio');
      audio.setAttribute('preload', 'auto');
      if (reference !== undefined) audio.setAttribute('src', String(reference));
      return audio;
    }
  });

  function property(
    target: object,
    name: string,
    put: (element: Element, name: string, content: string) => boolean,
    kept: (element: Element, name: string) => string | null
  ): void {
    const native = Object.getOwnPropertyDescriptor(target, name);
    if (!native?.set || !native.get) return;
    const { set: write, get: read } = native;
    define(target, name, {
      enumerable: true,
      get(this: Element) {
        const wrote = kept(this, name);
        if (wrote === null) return read.call(this);
        return name === 'srcset' || name === 'srcdoc' ? wrote : (URL.parse(wrote, frame.base)?.href ?? wrote);
      },
      set(this: Element, content: unknown) {
        if (!put(this, name, String(content))) write.call(this, content);
      }
    });
  }
}
