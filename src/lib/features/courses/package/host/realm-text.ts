import { define, value, wrap, type Frame, type Host, type Realm } from './frame';
import type { Markup } from './markup';

/** Markup and code that scripts make at run time pass the same way as what stands in files. */
export function installText(realm: Realm, frame: Frame, host: Host, markupFor: () => Markup): void {
  const whole = (markup: unknown): string => markupFor().feed(String(markup), true);
  const content = (self: unknown, text: unknown): string => {
    if (self instanceof realm.HTMLScriptElement) return host.script(String(text), frame);
    if (self instanceof realm.HTMLStyleElement) return host.library.style(String(text), frame.base);
    return String(text);
  };
  const markup = (self: unknown, text: unknown): string =>
    self instanceof realm.HTMLScriptElement || self instanceof realm.HTMLStyleElement
      ? content(self, text)
      : whole(text);

  setter(realm.Element.prototype, 'innerHTML', markup);
  setter(realm.Element.prototype, 'outerHTML', (_, text) => whole(text));
  setter(realm.ShadowRoot.prototype, 'innerHTML', (_, text) => whole(text));
  setter(realm.HTMLScriptElement.prototype, 'text', content);
  setter(realm.Node.prototype, 'textContent', (self, text) => (text === null ? '' : content(self, text)));
  setter(realm.HTMLElement.prototype, 'innerText', content);
  wrap(
    realm.Element.prototype,
    'insertAdjacentHTML',
    (native) =>
      (self, [where, text]) =>
        native(self, [where, whole(text)])
  );
  wrap(
    realm.Range.prototype,
    'createContextualFragment',
    (native) =>
      (self, [text]) =>
        native(self, [whole(text)])
  );
  for (const name of ['appendChild', 'insertBefore'])
    wrap(realm.Node.prototype, name, (native) => (self, args) => {
      const [child] = args;
      if (child instanceof realm.Text && self instanceof realm.HTMLScriptElement)
        child.data = content(self, child.data);
      return native(self, args);
    });

  const script = (code: unknown): unknown => (typeof code === 'string' ? host.script(code, frame) : code);
  value(realm, '__script', script);
  value(realm, '__module', (base: string, reference: unknown) =>
    host.library.place(String(reference), base || frame.base, 'module')
  );
  for (const name of ['setTimeout', 'setInterval'])
    wrap(
      realm,
      name,
      (native) =>
        (_, [work, ...rest]) =>
          native(realm, [script(work), ...rest])
    );
  const NativeFunction = realm.Function;
  const made = function (...parts: unknown[]): unknown {
    const body = parts.pop() ?? '';
    return Reflect.construct(NativeFunction, [...parts, script(String(body))]);
  };
  made.prototype = NativeFunction.prototype;
  value(realm, 'Function', made);
  value(NativeFunction.prototype, 'constructor', made);
}

function setter(target: object, name: string, change: (self: unknown, text: unknown) => string): void {
  const native = Object.getOwnPropertyDescriptor(target, name);
  if (!native?.set) return;
  const { set } = native;
  define(target, name, {
    ...native,
    set(this: unknown, text: unknown) {
      set.call(this, change(this, text));
    }
  });
}
