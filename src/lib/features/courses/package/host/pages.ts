import { addressOf, pathOf, ROOT, scriptIn, urlOf } from './address';
import { value, type Frame, type FrameElement, type Host, type Realm } from './frame';
import type { Library } from './library';
import { ORIGINAL } from './markup';
import { Popups } from './popups';
import { installAddress } from './realm-address';
import { watch } from './realm-page';
import { install, isInstalled, markupOf } from './realm';
import { rewriteScript } from './script';
import { pageOf } from './showing';

export interface Surroundings {
  words: { close: string; missing: string; unshown: string };
  /** Asks the app for a file that is not here yet. */
  want(path: string): Promise<void>;
  shown(): void;
  exit(): void;
  outside(address: string): void;
  alive(): void;
}

const { open, write, close } = Document.prototype;

/** The windows of a package: which page each shows, and how they lead to each other. */
export class Pages implements Host {
  readonly library: Library;
  readonly #around: Surroundings;
  readonly #holders = new WeakMap<object, Frame>();
  readonly #frames = new Set<Frame>();
  readonly #blanks = new WeakMap<Frame, () => void>();
  readonly #popups: Popups;
  #root: Frame | undefined;
  /** The run-time and its name: also what a page looks for in `top`. */
  #api: { name: string; api: object } | undefined;

  constructor(library: Library, around: Surroundings) {
    this.library = library;
    this.#around = around;
    this.#popups = new Popups(around.words.close);
  }

  /** Opens the first page. */
  launch(element: FrameElement, launch: URL, api: { name: string; api: object } | undefined): void {
    this.#api = api;
    const frame = this.#make(element, launch.href);
    if (!frame) return;
    this.#root = frame;
    this.#holders.set(window, frame);
    installAddress(window, frame, this);
    this.#watchOwn();
    this.go(frame, launch.href, { replace: true, base: ROOT });
  }

  /** Ends all pages, so that they can say their last; answers when they have. */
  async end(): Promise<void> {
    for (const frame of [...this.#frames].filter(({ element }) => element.ownerDocument === document)) {
      frame.turn += 1;
      if (frame.element.isConnected) await this.#blank(frame);
    }
  }

  frameOf(holder: unknown): Frame | undefined {
    return typeof holder === 'object' && holder !== null ? this.#holders.get(holder) : undefined;
  }

  topOf(): Realm {
    return this.#root?.realm ?? window;
  }

  script = (code: string, frame: Frame): string => rewriteScript(code, { address: frame.base });

  later = (path: string): Promise<void> => (this.library.isHere(path) ? Promise.resolve() : this.#around.want(path));

  alive = (): void => this.#around.alive();

  outside(reference: string): void {
    this.#around.outside(reference);
  }

  go(frame: Frame, reference: string, { replace = false, base }: { replace?: boolean; base?: string } = {}): void {
    const code = scriptIn(reference);
    if (code !== undefined) return void frame.realm.setTimeout(this.script(code, frame), 0);
    if (/^\s*about:blank/i.test(reference)) return;
    const address = this.#meant(frame, reference, base);
    if (!address) return this.outside(URL.parse(reference, frame.base)?.href ?? reference);
    const before = frame.address;
    frame.address = address;
    if (replace) frame.past[frame.place] = address.href;
    else {
      frame.past.splice(frame.place + 1, Infinity, address.href);
      frame.place += 1;
    }
    const same = address.href.replace(/#.*$/s, '') === before.href.replace(/#.*$/s, '');
    if (same && address.href.includes('#') && frame.state === 'page') this.#within(frame, before);
    else this.#show(frame);
  }

  back(frame: Frame, steps: number): void {
    const next = frame.past[frame.place + steps];
    if (next === undefined) return;
    frame.place += steps;
    frame.address = new URL(next);
    this.#show(frame);
  }

  named(frame: Frame, name: string): Frame | undefined {
    const wanted = name.toLowerCase();
    if (wanted === '' || wanted === '_self') return frame;
    if (wanted === '_parent')
      return this.frameOf(frame.realm.parent === window ? undefined : frame.realm.parent) ?? frame;
    if (wanted === '_top') return this.#outermost(frame);
    return this.#reachable().find(({ element, realm }) => element.name === name || realm.name === name);
  }

  open(frame: Frame, reference: string, name: string): Realm | null {
    const known = name === '' ? undefined : this.named(frame, name);
    if (known) {
      if (reference !== '') this.go(known, reference, { base: frame.base });
      return known.realm;
    }
    if (reference !== '' && !addressOf(reference, frame.base)) {
      this.outside(reference);
      return null;
    }
    const made = this.#make(
      this.#popups.open(name, (element) => this.#forget(element)),
      frame.base,
      frame.realm
    );
    if (made && reference !== '') this.go(made, reference, { replace: true, base: frame.base });
    return made?.realm ?? null;
  }

  close(frame: Frame): void {
    if (this.#popups.close(frame.element)) return;
    if (frame === this.#root) this.#around.exit();
  }

  isReady = ({ realm }: Frame): boolean => isInstalled(realm);

  adopt(element: FrameElement): boolean {
    const outer = this.frameOf(element.ownerDocument.defaultView) ?? this.#root;
    const base = outer?.base ?? ROOT;
    const frame = this.frameOf(element.contentWindow) ?? this.#make(element, base);
    if (!frame || element.contentDocument === null) return false;
    if (!isInstalled(frame.realm)) {
      frame.state = 'empty';
      this.#prepare(frame);
    }
    const source = element.getAttribute(ORIGINAL + 'src');
    const inline = element.getAttribute(ORIGINAL + 'srcdoc');
    if (inline !== null) this.#write(frame, markupOf(frame, this).feed(inline, true), base);
    else if (source !== null) this.go(frame, source, { replace: true, base });
    return inline !== null || source !== null;
  }

  /** Scripts tell frames of other folders where to go: what exists from where an event is, or from where the frame is. */
  #meant(frame: Frame, reference: string, base: string | undefined): URL | undefined {
    const active = this.#reachable().find(({ realm }) => realm.event !== undefined);
    const parent = this.frameOf(frame.realm.parent);
    const bases = base === undefined ? [active?.base, frame.base, parent?.base, this.#root?.base] : [base];
    const addresses = bases.flatMap((one) => (one === undefined ? [] : (addressOf(reference, one) ?? [])));
    return addresses.find((address) => this.library.find(address.href, ROOT) !== undefined) ?? addresses[0];
  }

  /** Frames that stand in a page and show one; what was led out of the package shows an error of the browser's. */
  #reachable(): Frame[] {
    return [...this.#frames].filter(({ element }) => element.isConnected && element.contentDocument !== null);
  }

  #outermost(frame: Frame): Frame {
    const outer = this.frameOf(frame.realm.parent);
    return outer && frame.realm.parent !== window ? this.#outermost(outer) : frame;
  }

  #make(element: FrameElement, base: string, opener?: Realm): Frame | undefined {
    const realm = element.contentWindow as Realm | null;
    if (!realm || element.contentDocument === null) return undefined;
    const frame: Frame = {
      element,
      realm,
      address: new URL('about:blank'),
      base,
      markup: undefined,
      past: [],
      place: 0,
      state: 'empty',
      turn: 0,
      opener
    };
    this.#frames.add(frame);
    this.#prepare(frame);
    return frame;
  }

  #forget(element: FrameElement): void {
    for (const frame of this.#frames) if (frame.element === element) this.#frames.delete(frame);
  }

  #prepare(frame: Frame): void {
    this.#holders.set(frame.realm, frame);
    this.#holders.set(frame.realm.document, frame);
    if (isInstalled(frame.realm)) return;
    install(frame, this);
    if (frame === this.#root && this.#api) value(frame.realm, this.#api.name, this.#api.api);
  }

  async #show(frame: Frame): Promise<void> {
    const turn = (frame.turn += 1);
    const { address } = frame;
    const path = this.library.find(address.href, ROOT);
    if (path !== undefined) await this.later(path);
    const shown = await pageOf(this.library, path, pathOf(address), frame, this, this.#around.words);
    // Scripts that led here go on first, as before a real navigation.
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (frame.turn !== turn || !frame.element.isConnected) return;
    if (frame.state !== 'empty') await this.#blank(frame);
    if (frame.turn === turn && frame.element.isConnected) this.#write(frame, shown.html, shown.base);
    if (frame === this.#root) this.#around.shown();
  }

  #write(frame: Frame, html: string, base: string): void {
    frame.base = base;
    this.#prepare(frame);
    const page = frame.realm.document;
    Reflect.apply(open, page, []);
    frame.markup = markupOf(frame, this);
    frame.state = 'page';
    watch(frame.realm, frame, this);
    frame.realm.addEventListener('load', () => this.#scroll(frame));
    write.call(page, html);
    close.call(page);
  }

  /** Another empty page in the window, so that nothing of the one before is left in it. */
  async #blank(frame: Frame): Promise<void> {
    const gone = new Promise<void>((resolve) => this.#blanks.set(frame, resolve));
    frame.state = 'blank';
    frame.realm.location.replace('about:blank');
    await gone;
    // A page that is opened while its load is still being told never tells it again.
    await new Promise((resolve) => setTimeout(resolve, 0));
    frame.state = 'empty';
  }

  /** `load` of an empty page, heard where the frame stands. */
  blanked(frame: Frame): void {
    this.#blanks.get(frame)?.();
    this.#blanks.delete(frame);
  }

  #within(frame: Frame, before: URL): void {
    const { realm, address } = frame;
    setTimeout(() => {
      this.#scroll(frame);
      realm.dispatchEvent(new realm.HashChangeEvent('hashchange', { oldURL: before.href, newURL: address.href }));
    }, 0);
  }

  #scroll({ realm, address }: Frame): void {
    const name = decodeURIComponent(address.hash.slice(1));
    if (name === '') return;
    const target = realm.document.getElementById(name) ?? realm.document.getElementsByName(name)[0];
    target?.scrollIntoView();
  }

  /** The host's own page holds the launched page and what was opened beside it. */
  #watchOwn(): void {
    document.addEventListener(
      'load',
      ({ target }) => {
        const frame = target instanceof HTMLIFrameElement ? this.frameOf(target.contentWindow) : undefined;
        if (frame?.state === 'blank') this.blanked(frame);
      },
      true
    );
  }
}

export const launchUrl = (launch: string, parameters = ''): URL => urlOf(launch, parameters);
