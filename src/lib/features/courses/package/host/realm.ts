import type { Frame, Host, Realm } from './frame';
import { Markup } from './markup';
import { installAddress } from './realm-address';
import { installElements } from './realm-elements';
import { installNet } from './realm-net';
import { installPage } from './realm-page';
import { installStore } from './realm-store';
import { installText } from './realm-text';

const installed = new WeakSet<object>();

/** Whether this window still is the one in which everything was put; a frame that was loaded anew has another one. */
export const isInstalled = (realm: Realm): boolean => installed.has(realm.Object);

/** Puts into a new window what its scripts find instead of the network, the address and the storage. */
export function install(frame: Frame, host: Host): void {
  const { realm } = frame;
  if (isInstalled(realm)) return;
  installed.add(realm.Object);
  const markupFor = () => markupOf(frame, host);
  installNet(realm, frame, host);
  installStore(realm);
  installElements(realm, frame, host, markupFor);
  installText(realm, frame, host, markupFor);
  installPage(realm, frame, host, markupFor);
  installAddress(realm, frame, host);
}

/** A rewriter for what a frame's page writes, from where the page stands. */
export function markupOf(frame: Frame, host: Host, xml = false): Markup {
  const { library } = host;
  return new Markup(
    {
      get base() {
        return frame.base;
      },
      set base(next: string) {
        frame.base = next;
      },
      place: (reference, base, as) => library.place(reference, base, as),
      script: (code) => host.script(code, frame),
      module: (code) => library.module(code, frame.base),
      style: (css, base) => library.style(css, base)
    },
    xml
  );
}
