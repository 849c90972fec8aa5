import type { Store } from '$lib/store/types';
import { NewerBuild, type OpenVault } from '$lib/vault/types';
import { SECRET } from '$lib/sync/secrets';
import { persist } from './persist';
import type { Held } from '../parcels/leave';
import type { Open, SessionState } from './states';
import { isFirstVisit, rememberVisit } from './first-visit';
import { loadStore, loadSync, loadVault, startLater } from './later.svelte';
import { onNews, tell } from './tabs';

class Session {
  #state = $state.raw<SessionState>(isFirstVisit ? { kind: 'signed-out', slots: [] } : { kind: 'loading' });
  #blocked = $state(false);

  get state(): SessionState {
    return this.#state;
  }

  /** Opening waits for another tab of an older build that does not give way. */
  get blocked(): boolean {
    return this.#blocked;
  }

  /** The unlocked person, or undefined. */
  get open(): Open | undefined {
    return this.#state.kind === 'open' || this.#state.kind === 'named' ? this.#state.open : undefined;
  }

  /** Looks which places this browser has; the first thing to call. */
  async start(): Promise<void> {
    onNews((news) => {
      const slot = this.open?.vault.slot.id;
      if (news.slot === slot) void this.#leave();
      else if (this.#state.kind === 'locked') void this.#waitForPerson();
    });
    await this.#waitForPerson();
  }

  /** Shows the sign-in screen although this browser has places. */
  otherAccount(): void {
    if (this.#state.kind === 'locked') this.#state = { kind: 'signed-out', slots: this.#state.slots };
  }

  /** Back to the places of this browser. */
  backToPlaces(): Promise<void> {
    return this.#waitForPerson();
  }

  /** Asks the server for tokens; then a PIN is chosen. @throws SignInFailed */
  async signIn(account: string, password: string): Promise<void> {
    const { signIn } = await loadSync();
    const grant = await signIn(account, password);
    const slots = this.#state.kind === 'signed-out' ? this.#state.slots : [];
    this.#state = { kind: 'choosing-pin', grant, slots };
    void persist();
  }

  /** Makes the person's place on this browser and starts filling it; its name is shown next. */
  async choosePin(pin: string): Promise<void> {
    if (this.#state.kind !== 'choosing-pin') return;
    const { grant } = this.#state;
    const { createSlot, destroySlot } = await loadVault();
    const vault = await createSlot(pin);
    rememberVisit();
    try {
      const store = await this.#openStore(vault);
      const { keepSession } = await loadSync();
      await keepSession(store, grant);
      this.#state = { kind: 'named', slot: vault.slot, open: this.#begin(vault, store, grant.person) };
    } catch (error) {
      vault.lock();
      await destroySlot(vault.slot.id).catch(() => undefined);
      throw error;
    }
  }

  /** Leaves the screen with the name of the new place. */
  enter(): void {
    if (this.#state.kind === 'named') this.#state = { kind: 'open', open: this.#state.open };
  }

  /** @throws PinRefused */
  async unlock(slotId: string, pin: string): Promise<void> {
    try {
      const { openVault } = await loadVault();
      const vault = await openVault(slotId, pin);
      const store = await this.#openStore(vault);
      const person = (await store.secret(SECRET.person)) ?? '';
      this.#state = { kind: 'open', open: this.#begin(vault, store, person) };
    } catch (error) {
      if (!(error instanceof NewerBuild)) throw error;
      this.#state = { kind: 'outdated' };
    }
  }

  /** A session that the server ended is begun again, in the same place. @throws SignInFailed, OtherPerson */
  async renew(account: string, password: string): Promise<void> {
    const open = this.open;
    if (!open) return;
    const { keepSession, signIn } = await loadSync();
    await keepSession(open.store, await signIn(account, password));
    open.sync.now();
  }

  /** Forgets the keys, in all tabs of this place. The address stays; drafts are in the encrypted store. */
  async lock(): Promise<void> {
    const slot = this.open?.vault.slot.id;
    if (!slot) return;
    tell({ slot });
    await this.#leave();
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
    if (number === undefined) await this.#waitForPerson();
    else this.#state = { kind: 'left', number };
    return undefined;
  }

  #begin(vault: OpenVault, store: Store, person: string): Open {
    const open: Open = {
      vault,
      store,
      person,
      sync: startLater({ store, vault }, () => void this.#deviceLost(open))
    };
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
    await this.#close(open);
    await destroyed;
  }

  async #openStore(vault: OpenVault): Promise<Store> {
    const { openStore } = await loadStore();
    const onReplaced = (): void => void this.#giveWay();
    try {
      return await openStore(vault, { onReplaced, onBlocked: () => (this.#blocked = true) });
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

  async #leave(): Promise<void> {
    const open = this.open;
    this.#state = { kind: 'loading' };
    if (open) await this.#close(open);
    await this.#waitForPerson();
  }

  async #close(open: Open): Promise<void> {
    this.#state = { kind: 'loading' };
    const stopped = open.sync.stop();
    open.store.close();
    open.vault.lock();
    await stopped;
  }

  async #waitForPerson(): Promise<void> {
    const before = this.#state;
    try {
      const slots = await (await loadVault()).listSlots();
      if (slots.length) rememberVisit();
      if (this.#state !== before) return;
      this.#state = slots.length ? { kind: 'locked', slots } : { kind: 'signed-out', slots };
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
