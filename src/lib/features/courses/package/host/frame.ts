import type { Library } from './library';
import type { Markup } from './markup';

/** A window of the package with everything that scripts find in it. All of them are of one origin, the host's. */
export type Realm = Window & typeof globalThis;

export type FrameElement = HTMLIFrameElement | HTMLFrameElement;

/** One window of the package: the launched page, a frame in a page, or what a page opened beside itself. */
export interface Frame {
  readonly element: FrameElement;
  readonly realm: Realm;
  /** Where the shown page stands in the package. */
  address: URL;
  /** Where its references count from: its address, or what `<base>` says. */
  base: string;
  /** Rewrites what the page writes while it is read; undefined before its first page. */
  markup: Markup | undefined;
  /** Addresses shown before and after this one. */
  past: string[];
  place: number;
  /** Whether the page has been written, so that the next load is the page's own. */
  state: 'empty' | 'blank' | 'page';
  /** Counts what was shown, so that a slower page does not replace a later one. */
  turn: number;
  opener?: Realm;
}

/** What realms ask of the host. */
export interface Host {
  readonly library: Library;
  frameOf(holder: unknown): Frame | undefined;
  /** Shows what a reference means; `caller` is the page it was written in, when that is known. */
  go(frame: Frame, reference: string, how?: { replace?: boolean; base?: string }): void;
  back(frame: Frame, steps: number): void;
  /** The window of a name (`_self`, `_parent`, `_top`, or a frame's own); undefined when there is none yet. */
  named(frame: Frame, name: string): Frame | undefined;
  open(frame: Frame, reference: string, name: string): Realm | null;
  close(frame: Frame): void;
  topOf(): Realm;
  /** Takes a frame that has appeared into the package's care; answers whether a page will be shown in it. */
  adopt(element: FrameElement): boolean;
  /** A window that was emptied to show another page is empty. */
  blanked(frame: Frame): void;
  /** Whether this window still is the one that was prepared; one that was loaded anew is not. */
  isReady(frame: Frame): boolean;
  /** The address of a file as soon as it is here. */
  later(path: string): Promise<void>;
  outside(reference: string): void;
  /** Somebody touches a page. */
  alive(): void;
  /** Rewrites a script that comes from elsewhere than a file. */
  script(code: string, frame: Frame): string;
}

/** Gives an object another property, which later code may give it again. */
export const define = (target: object, name: PropertyKey, descriptor: PropertyDescriptor): void => {
  Reflect.defineProperty(target, name, { configurable: true, enumerable: false, ...descriptor });
};

export const value = (target: object, name: PropertyKey, content: unknown): void =>
  define(target, name, { value: content, writable: true });

/** Replaces a method; the new one gets the old one, bound to nothing. */
export function wrap(
  target: object,
  name: string,
  make: (native: (self: unknown, args: unknown[]) => unknown) => (self: unknown, args: unknown[]) => unknown
): void {
  const native: unknown = Reflect.get(target, name);
  if (typeof native !== 'function') return;
  const run = make((self, args) => Reflect.apply(native, self, args));
  value(target, name, function (this: unknown, ...args: unknown[]) {
    return run(this, args);
  });
}
