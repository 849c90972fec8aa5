import { define, value, type Realm } from './frame';

/** What a package keeps for itself lasts as long as it is open: the run-time's data is what it finds again. */
const cookies = new Map<string, string>();

/** Storage in memory, with keys as properties as scripts use them. */
function memory(): Storage {
  const kept = new Map<string, string>();
  const methods = {
    getItem: (key: unknown) => kept.get(String(key)) ?? null,
    setItem: (key: unknown, content: unknown) => void kept.set(String(key), String(content)),
    removeItem: (key: unknown) => void kept.delete(String(key)),
    clear: () => kept.clear(),
    key: (index: number) => [...kept.keys()][index] ?? null,
    get length() {
      return kept.size;
    }
  };
  return new Proxy<Storage>(methods, {
    get: (target, key) => (key in target ? Reflect.get(target, key) : kept.get(String(key))),
    set: (_, key, content) => (kept.set(String(key), String(content)), true),
    has: (target, key) => key in target || kept.has(String(key)),
    deleteProperty: (_, key) => (kept.delete(String(key)), true),
    ownKeys: () => [...kept.keys()],
    getOwnPropertyDescriptor: (_, key) =>
      kept.has(String(key))
        ? { value: kept.get(String(key)), configurable: true, enumerable: true, writable: true }
        : undefined
  });
}

const storages = { localStorage: memory(), sessionStorage: memory() };

/** Cookies and storage, which an origin without a name does not have. */
export function installStore(realm: Realm): void {
  for (const [name, storage] of Object.entries(storages)) define(realm, name, { get: () => storage });
  const { prototype } = realm.Document;
  define(prototype, 'cookie', {
    get: () => [...cookies].map(([name, content]) => `${name}=${content}`).join('; '),
    set: (line: unknown) => {
      const [pair = '', ...rules] = String(line).split(';');
      const at = pair.indexOf('=');
      const name = pair.slice(0, Math.max(at, 0)).trim();
      const ended = rules.some((rule) => /^\s*(?:max-age\s*=\s*(?:0|-)|expires\s*=.*\b(?:19|200|201)\d)/i.test(rule));
      if (ended) cookies.delete(name);
      else cookies.set(name, pair.slice(at + 1).trim());
    }
  });
  define(prototype, 'domain', { get: () => 'package.invalid', set: () => undefined });
  value(realm.Navigator.prototype, 'sendBeacon', () => true);
}
