import { flushSync } from 'svelte';
import type { SessionGrant } from '$lib/domain/api';
import type { Store } from '$lib/store/types';
import { toasts } from '$lib/ui/toasts.svelte';
import { NewerBuild, type OpenVault, type Slot } from '$lib/vault/types';
import { SECRET } from '$lib/sync/secrets';
import { kioskHere } from '../kiosk/kiosk.svelte';
import { persist } from './persist';
import { sealAhead } from '../parcels/keeper';
import type { Held } from '../parcels/leave';
import type { Open, SessionState } from './states';
import { isFirstVisit, rememberVisit } from './first-visit';
import { loadStore, loadVault, startLater } from './later.svelte';
import { makePlace } from './new-place';
import { here, keepLeft, recallLeft, stopAll, takeLeft, type Left } from './leaving';
import { shut } from './closing';
import { arrive, endHistory, isForeign, leaveAddress } from './tab-history';
import { onNews, tell } from './tabs';

class Session {
  #state = $state.raw<SessionState>(isFirstVisit ? { kind: 'signed-out', slots: [] } : { kind: 'loading' });
  #blocked = $state(false);
  #forgotten = $state.raw<Slot[]>([]);

  get state(): SessionState {
    return this.#state;
  }

  /** Opening waits for another tab of an older build that does not give way. */
  get blocked(): boolean {
    return this.#blocked;
  }

  /** Places that have just destroyed themselves because nobody opened them for so long. */
  get forgotten(): Slot[] {
    return this.#forgotten;
  }

  /** The unlocked person, or undefined. */
  get open(): Open | undefined {
    return this.#state.kind === 'open' || this.#state.kind === 'named' ? this.#state.open : undefined;
  }

  /** Looks which places this browser has; the first thing to call. */
  async start(): Promise<void> {
    onNews((news) => {
      const slot = this.open?.vault.slot.id;
      if (news.slot === slot) void this.#leave(slot);
      else if (this.#state.kind === 'locked') void this.#waitForPerson();
    });
    await this.#waitForPerson();
    if (!isFirstVisit) void this.#tidy().catch(() => undefined);
  }

  /** Shows the sign-in screen although this browser has places. */
  otherAccount(): void {
    if (this.#state.kind === 'locked') this.#state = { kind: 'signed-out', slots: this.#state.slots };
  }

  /** Back to the places of this browser. */
  backToPlaces(): Promise<void> {
    return this.#waitForPerson();
  }

  /** The server let somebody in, by one of the ways of `ways-in.ts`; now she chooses a PIN. */
  welcome(grant: SessionGrant): void {
    const slots = this.#state.kind === 'signed-out' ? this.#state.slots : [];
    this.#state = { kind: 'choosing-pin', grant, slots };
    if (!kioskHere.current) void persist();
  }

  /**
   * Makes the person's place on this browser and starts filling it; its name is shown next.
   * @param stay how long it stays when nobody opens it, ms, or `guest`: as long as this page
   */
  async choosePin(pin: string, stay?: number | 'guest'): Promise<void> {
    if (this.#state.kind !== 'choosing-pin') return;
    const { grant } = this.#state;
    const { vault, store } = await makePlace(grant, pin, stay, (made) => this.#openStore(made));
    rememberVisit();
    const open = this.#begin(vault, store, grant.person);
    await arrive(vault.slot.id);
    this.#state = { kind: 'named', slot: vault.slot, open };
  }

  /** Leaves the screen with the name of the new place. */
  enter(): void {
    if (this.#state.kind === 'named') this.#state = { kind: 'open', open: this.#state.open };
  }

  /** By PIN, or by the answer of the slot's passkey. @throws PinRefused @throws PasskeyRefused */
  async unlock(slotId: string, proof: string | Uint8Array<ArrayBuffer>): Promise<void> {
    try {
      const { openVault } = await loadVault();
      const vault = await openVault(slotId, proof);
      const store = await this.#openStore(vault);
      const person = (await store.secret(SECRET.person)) ?? '';
      const left = await recallLeft(store, isForeign(slotId));
      await arrive(slotId, left);
      const resumed = left?.path === here() ? left : undefined;
      this.#state = { kind: 'open', open: this.#begin(vault, store, person, resumed) };
    } catch (error) {
      if (!(error instanceof NewerBuild)) throw error;
      this.#state = { kind: 'outdated' };
    }
  }

  /** Forgets the keys, in all tabs of this place. The address stays; drafts are in the encrypted store. */
  async lock(): Promise<void> {
    const slot = this.open?.vault.slot.id;
    if (!slot) return;
    tell({ slot });
    await this.#leave(slot);
  }

  /** Nobody is here any more: locks, or forgets a sign-in that was not finished. */
  leave(): Promise<void> {
    return this.open ? this.lock() : this.backToPlaces();
  }

  /** Locks, and lets somebody else choose her place; not even the address stays. */
  async switchPerson(): Promise<void> {
    const slot = this.open?.vault.slot.id;
    if (!slot) return;
    tell({ slot });
    await this.#leave();
    await leaveAddress();
  }

  /** The browser is about to freeze the page as it is, to show it again by its back button: nothing may be in it. */
  freeze(): void {
    const open = this.open;
    if (!open) return;
    flushSync(() => this.#hide());
    void shut(open);
  }

  /** Keeps where the person is; it may be that this page does not come back. */
  keepPlace(): void {
    const store = this.open?.store;
    if (store) keepLeft(store, takeLeft()).catch(() => undefined);
  }

  /**
   * Removes the person's place from this browser once her work is at the server, or in a parcel that this browser
   * carries there. When that cannot be, nothing happens and the answer says why.
   * @param given how many refused items she has agreed to lose
   */
  async signOut(given: number): Promise<Held | undefined> {
    const open = this.open;
    if (!open) return undefined;
    const { sendOrSeal } = await import('../parcels/leave');
    const farewell = await sendOrSeal(open, given);
    if (farewell.kind === 'held') return farewell.why;
    const { number } = farewell;
    const refresh = await open.store.secret(SECRET.refresh);
    const { endSession } = await import('./end-session');
    // A parcel ends the session when it arrives: nobody waits for a link that is not there.
    if (number === undefined) await endSession(refresh);
    await this.#destroy(open);
    await leaveAddress();
    if (number === undefined) await this.#waitForPerson();
    else this.#state = { kind: 'left', number };
    return undefined;
  }

  /**
   * Removes a locked place from this browser. With the PIN its session on the server ends as well.
   * @param pin undefined when it is forgotten
   * @param anyway although work is lost that the server does not have
   * @returns how many edits would be lost; when there are any, nothing was removed
   * @throws PinRefused
   */
  async remove(slot: string, pin: string | undefined, anyway: boolean): Promise<number> {
    const { removePlace } = await import('./places');
    const unsent = await removePlace(slot, pin, anyway);
    if (unsent > 0) return unsent;
    tell({ slot });
    endHistory();
    await this.#waitForPerson();
    void this.#tidy().catch(() => undefined);
    return 0;
  }

  #begin(vault: OpenVault, store: Store, person: string, resumed?: Left): Open {
    const sync = startLater({ store, vault }, () => void this.#deviceLost(open));
    const open: Open = { vault, store, person, resumed, sync };
    return open;
  }

  /** This device was reported lost: the place goes at once, with whatever waits in it, and the server hears of it. */
  async #deviceLost(open: Open): Promise<void> {
    if (this.open !== open) return;
    const refresh = await open.store.secret(SECRET.refresh).catch(() => undefined);
    await this.#destroy(open);
    this.#state = { kind: 'removed', slot: open.vault.slot };
    const { endSession } = await import('./end-session');
    await endSession(refresh);
  }

  /** The key goes first: whatever happens then, what is left cannot be read. */
  async #destroy(open: Open): Promise<void> {
    const { destroySlot } = await loadVault();
    const slot = open.vault.slot.id;
    tell({ slot });
    const destroyed = destroySlot(slot);
    this.#hide();
    await shut(open);
    await destroyed;
    endHistory();
    void this.#tidy().catch(() => undefined);
  }

  /** Destroys what nobody opened for 30 days, and lets go of the files of places that are gone. */
  async #tidy(): Promise<void> {
    const { tidyPlaces } = await import('./places');
    this.#forgotten = await tidyPlaces(this.open?.vault.slot.id);
    if (this.#forgotten.length && this.#state.kind === 'locked') await this.#waitForPerson();
  }

  async #openStore(vault: OpenVault): Promise<Store> {
    const { openStore } = await loadStore();
    const onReplaced = (): void => void this.#giveWay();
    try {
      const store = await openStore(vault, { onReplaced, onBlocked: () => (this.#blocked = true) });
      return vault.slot.guest ? (await import('../kiosk/safeguard')).safeguarded(store, vault.slot.id) : store;
    } finally {
      this.#blocked = false;
    }
  }

  /** Drafts are in the store already, so nothing that was typed is lost. */
  async #giveWay(): Promise<void> {
    const open = this.open;
    if (open) await this.#close(open);
    this.#state = { kind: 'outdated' };
  }

  async #leave(pick?: string): Promise<void> {
    const open = this.open;
    if (open) await this.#close(open);
    await this.#waitForPerson(pick);
  }

  /** What the person typed last, where she was and what waits is on the disk, sealed, before the key is forgotten. */
  async #close(open: Open): Promise<void> {
    const kept = Promise.allSettled([keepLeft(open.store, takeLeft()), sealAhead(open)]);
    this.#hide();
    await shut(open, kept);
  }

  /** Takes everything of the person from the screen and from what lives beyond a screen. */
  #hide(): void {
    this.#state = { kind: 'loading' };
    stopAll();
    toasts.clear();
  }

  async #waitForPerson(pick?: string): Promise<void> {
    const before = this.#state;
    try {
      const slots = await (await loadVault()).listSlots();
      if (slots.length) rememberVisit();
      if (this.#state !== before) return;
      this.#state = slots.length ? { kind: 'locked', slots, pick } : { kind: 'signed-out', slots };
    } catch (error) {
      this.#state = { kind: error instanceof NewerBuild ? 'outdated' : 'broken' };
    }
  }
}

export const session = new Session();

/**
 * The unlocked person's store, sync and id. To be called while a component is made; everything under the frame exists
 * only while a person is unlocked.
 */
export function opened(): Open {
  if (!session.open) throw new Error('nobody is unlocked');
  return session.open;
}
