import { define, value, type Frame, type Host, type Realm } from './frame';

/** What scripts of the package know as `location`. */
class PackageLocation {
  readonly #frame: Frame;
  readonly #host: Host;

  constructor(frame: Frame, host: Host) {
    this.#frame = frame;
    this.#host = host;
  }

  get href() {
    return this.#frame.address.href;
  }
  set href(reference: string) {
    this.#host.go(this.#frame, String(reference));
  }
  get hash() {
    return this.#frame.address.hash;
  }
  set hash(fragment: string) {
    this.#with((address) => (address.hash = fragment));
  }
  get search() {
    return this.#frame.address.search;
  }
  set search(query: string) {
    this.#with((address) => (address.search = query));
  }
  get pathname() {
    return this.#frame.address.pathname;
  }
  set pathname(path: string) {
    this.#with((address) => (address.pathname = path));
  }
  get protocol() {
    return this.#frame.address.protocol;
  }
  get host() {
    return this.#frame.address.host;
  }
  get hostname() {
    return this.#frame.address.hostname;
  }
  get port() {
    return '';
  }
  get origin() {
    return this.#frame.address.origin;
  }
  assign(reference: string) {
    this.#host.go(this.#frame, String(reference));
  }
  replace(reference: string) {
    this.#host.go(this.#frame, String(reference), { replace: true });
  }
  reload() {
    this.#host.back(this.#frame, 0);
  }
  toString() {
    return this.href;
  }
  valueOf() {
    return this.href;
  }

  #with(change: (address: URL) => void): void {
    const address = new URL(this.#frame.address);
    change(address);
    this.#host.go(this.#frame, address.href);
  }
}

const locations = new WeakMap<Frame, PackageLocation>();

/** The location of a window of the package. */
export function locationOf(frame: Frame, host: Host): PackageLocation {
  const known = locations.get(frame) ?? new PackageLocation(frame, host);
  locations.set(frame, known);
  return known;
}

/**
 * What scripts were rewritten to say: `__location` and `__top` of the window, and `.__$location` and `.__$top` of any
 * object, which on windows and documents are what the package's pages know, and on others what they have under the plain
 * name.
 */
export function installAddress(realm: Realm, frame: Frame, host: Host): void {
  const names = {
    location: {
      read: (holder: Frame): unknown => locationOf(holder, host),
      write: (holder: Frame, reference: unknown) => host.go(holder, String(reference))
    },
    top: { read: (): unknown => host.topOf(), write: () => undefined }
  };
  for (const [name, { read, write }] of Object.entries(names)) {
    const descriptor: PropertyDescriptor = {
      get(this: unknown) {
        const holder = host.frameOf(this);
        return holder ? read(holder) : Reflect.get(Object(this), name);
      },
      set(this: unknown, next: unknown) {
        const holder = host.frameOf(this);
        if (holder) write(holder, next);
        else Reflect.set(Object(this), name, next);
      }
    };
    define(realm.Object.prototype, `__$${name}`, descriptor);
    // The window's own: handlers in markup look among the properties of their element first.
    define(realm, `__${name}`, descriptor);
  }
  const { prototype } = realm.Document;
  for (const name of ['URL', 'documentURI']) define(prototype, name, { get: () => frame.address.href });
  define(prototype, 'referrer', { get: () => '' });
  installHistory(realm, frame, host);
}

function installHistory(realm: Realm, frame: Frame, host: Host): void {
  let state: unknown = null;
  const { prototype } = realm.History;
  const note = (replace: boolean) => (next: unknown, _title: unknown, reference?: unknown) => {
    state = next;
    const address =
      reference === undefined || reference === null ? undefined : URL.parse(String(reference), frame.base);
    if (!address) return;
    frame.address = address;
    if (replace) frame.past[frame.place] = address.href;
    else {
      frame.past.splice(frame.place + 1, Infinity, address.href);
      frame.place += 1;
    }
  };
  value(prototype, 'pushState', note(false));
  value(prototype, 'replaceState', note(true));
  value(prototype, 'back', () => host.back(frame, -1));
  value(prototype, 'forward', () => host.back(frame, 1));
  value(prototype, 'go', (steps: unknown) => host.back(frame, Number(steps) || 0));
  define(prototype, 'length', { get: () => frame.past.length });
  define(prototype, 'state', { get: () => state });
}
