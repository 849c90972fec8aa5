import { isByItself, NOWHERE, urlOf } from './address';
import { value, wrap, type Frame, type Host, type Realm } from './frame';

/** Ways to the network that a policy does not close; a package has none of them (docs/security.md). */
const CLOSED = ['RTCPeerConnection', 'webkitRTCPeerConnection', 'RTCDataChannel', 'WebTransport', 'SharedWorker'];

/** `fetch` and `XMLHttpRequest` find the package's files, and nothing else. */
export function installNet(realm: Realm, frame: Frame, host: Host): void {
  for (const name of CLOSED) Reflect.deleteProperty(realm, name);
  const { library } = host;
  wrap(realm, 'fetch', (native) => async (_, [input]) => {
    const reference = input instanceof realm.Request ? input.url : String(input);
    if (isByItself(reference)) return native(realm, [reference]);
    const path = library.find(reference, frame.base);
    if (path === undefined) {
      if (URL.parse(reference, frame.base)?.origin !== frame.address.origin)
        throw new realm.TypeError('Failed to fetch');
      return new realm.Response('', { status: 404 });
    }
    await host.later(path);
    return native(realm, [library.address(path, 'file')]);
  });
  const { prototype } = realm.XMLHttpRequest;
  const waiting = new WeakMap<object, string>();
  wrap(prototype, 'open', (native) => (self, [, reference, asynchronous = true]) => {
    const given = String(reference);
    const path = isByItself(given) ? undefined : library.find(given, frame.base);
    if (path !== undefined && !library.isHere(path) && self !== null && typeof self === 'object')
      waiting.set(self, path);
    const address = isByItself(given) ? given : path === undefined ? NOWHERE : library.address(path, 'file');
    return native(self, ['GET', address, asynchronous]);
  });
  wrap(prototype, 'send', (native) => (self) => {
    const path = self !== null && typeof self === 'object' ? waiting.get(self) : undefined;
    if (path === undefined || !(self instanceof realm.XMLHttpRequest)) return native(self, []);
    waiting.delete(self);
    const { responseType } = self;
    void host.later(path).then(() => {
      self.open('GET', urlOf(path).href);
      self.responseType = responseType;
      self.send();
    });
  });
  const NativeWorker = realm.Worker;
  value(realm, 'Worker', function (reference: unknown, options?: WorkerOptions) {
    return new NativeWorker(library.place(String(reference), frame.base, 'file'), options);
  });
}
