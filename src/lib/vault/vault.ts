import { removeDatabases } from './destroy';
import { delayAfter, retryTime } from './delay';
import type { Derive, KdfCost } from './kdf';
import { decrypt, encrypt, vaultOn } from './keys';
import type { TabEvents } from './newer-build';
import { shownOf, unwrapByPasskey, wrapByPasskey } from './passkey';
import { normalisePin, pinProblem } from './pin';
import { PasskeyRefused, PinRefused, type OpenVault, type Slot, type SlotPasskey } from './types';
import { openRows, type WholeRow } from './rows';
import { openVaultDb, type SlotRow } from './vault-db';

/** How many colours and birds the interface has for telling slots apart. */
export const LABELS = { colours: 8, birds: 12 };

const KEY_BYTES = 32;
const SALT_BYTES = 16;
const random = (size: number) => crypto.getRandomValues(new Uint8Array(size));
const wrapContext = (slotId: string): string => `data key of ${slotId}`;

export interface VaultOptions extends TabEvents {
  derive: Derive;
  cost: KdfCost;
  now?: () => number;
}

export type Vaults = ReturnType<typeof createVaults>;

/** The persons on this browser. The derivation and the clock come from outside so that tests can replace them. */
export function createVaults({ derive, cost, now = Date.now, ...events }: VaultOptions) {
  const db = openVaultDb(events);
  const rows = openRows(db);

  const keyFrom = async (row: Pick<SlotRow, 'salt' | 'cost'>, pin: string, use: 'encrypt' | 'decrypt') => {
    const bytes = await derive({ ...row.cost, salt: row.salt, pin: normalisePin(pin) });
    return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, [use]);
  };

  const publicSlot = ({
    id,
    createdAt,
    label,
    failures,
    retryAt,
    openedAt = now(),
    life,
    guest,
    passkey,
    name
  }: SlotRow): Slot => ({
    id,
    createdAt,
    label,
    retryAt: retryTime({ failures, retryAt }, now()),
    openedAt,
    ...(life !== undefined && { life }),
    ...(guest && { guest }),
    ...(passkey && { passkey: shownOf(passkey) }),
    ...(name !== undefined && { name })
  });

  const wrap = async (id: string, dataKey: Uint8Array<ArrayBuffer>, pin: string) => {
    const salt = random(SALT_BYTES);
    const wrapped = await encrypt(await keyFrom({ salt, cost }, pin, 'encrypt'), dataKey, wrapContext(id));
    return { salt, cost, wrapped };
  };

  /** Counts the try, then derives; only success takes the count back. */
  const unwrap = async (slotId: string, pin: string) => {
    const row = await rows.change(slotId, (found) => {
      const retryAt = retryTime(found, now());
      if (retryAt > 0) throw new PinRefused('too-soon', retryAt);
      const failures = found.failures + 1;
      return { ...found, failures, retryAt: now() + delayAfter(failures) };
    });
    const key = await keyFrom(row, pin, 'decrypt');
    const dataKey = await decrypt(key, row.wrapped, wrapContext(slotId)).catch(() => {
      throw new PinRefused('wrong', retryTime(row, now()));
    });
    const opened = { failures: 0, retryAt: 0, openedAt: now() };
    return { row: await rows.change(slotId, (found) => ({ ...found, ...opened })), dataKey };
  };

  /** Wrong PINs are counted as before: she who has the passkey need not have made the tries. */
  const unwrapWith = async (slotId: string, answer: Uint8Array<ArrayBuffer>) => {
    const found = (await rows.list()).whole.find(({ id }) => id === slotId);
    if (!found?.passkey) throw new PasskeyRefused('no passkey opens this place');
    const dataKey = await unwrapByPasskey(slotId, found.passkey, answer);
    return { row: await rows.change(slotId, (row) => ({ ...row, openedAt: now() })), dataKey };
  };

  const refuseWeak = (pin: string): void => {
    const problem = pinProblem(pin);
    if (problem) throw new Error(`this PIN may not be chosen: ${problem}`);
  };

  const finishing = new Map<string, Promise<void>>();

  /** Deletes what is left of a slot. A tab that keeps a database open may delay it for as long as it lives. */
  const finish = (slotId: string): Promise<void> => {
    const running =
      finishing.get(slotId) ??
      removeDatabases(slotId)
        .then((isGone) => (isGone ? rows.remove(slotId) : undefined))
        .finally(() => finishing.delete(slotId));
    finishing.set(slotId, running);
    return running;
  };

  return {
    /** The slots of this browser, oldest first. Goes on, behind the scenes, with what a killed `destroySlot` left. */
    async listSlots(): Promise<Slot[]> {
      const { whole, dead } = await rows.list();
      for (const id of dead) finish(id).catch(() => undefined);
      whole.sort((a, b) => a.createdAt - b.createdAt);
      // Counting begins with the first build that counts, and again when the clock was ahead.
      for (const row of whole) {
        if (row.openedAt !== undefined && row.openedAt <= now()) continue;
        row.openedAt = now();
        await rows.change(row.id, (found) => ({ ...found, openedAt: row.openedAt }));
      }
      return whole.map(publicSlot);
    },

    /** Ids of guests whose places live in other tabs of this browser. */
    guestsElsewhere: async (): Promise<string[]> => (await rows.list()).elsewhere,

    /**
     * Makes a place for a person with a new random data key; throws when `pinProblem` has something against the PIN.
     * @param stay how long it stays when nobody opens it, ms; `guest`: no longer than this page, which alone has the key
     */
    async createSlot(pin: string, stay?: number | 'guest'): Promise<OpenVault> {
      refuseWeak(pin);
      const dataKey = random(KEY_BYTES);
      const taken = new Set((await rows.list()).whole.map(({ label }) => `${label.colour}/${label.bird}`));
      let { id, label } = draw();
      for (let tries = 0; taken.has(`${label.colour}/${label.bird}`) && tries < 50; tries += 1)
        ({ id, label } = draw());
      const counts = { createdAt: now(), openedAt: now(), failures: 0, retryAt: 0 };
      const how = stay === 'guest' ? { guest: true as const } : stay === undefined ? {} : { life: stay };
      const row: WholeRow = { id, label, ...counts, ...how, ...(await wrap(id, dataKey, pin)) };
      await rows.add(row);
      return vaultOn(publicSlot(row), dataKey);
    },

    /**
     * @param proof the PIN, or what the passkey of the slot answers to its salt
     * @throws PinRefused when the PIN is wrong or it is too early for another try
     * @throws PasskeyRefused
     */
    async openVault(slotId: string, proof: string | Uint8Array<ArrayBuffer>): Promise<OpenVault> {
      const { row, dataKey } = await (typeof proof === 'string' ? unwrap(slotId, proof) : unwrapWith(slotId, proof));
      return vaultOn(publicSlot(row), dataKey);
    },

    /**
     * Lets a passkey open the slot beside the PIN; one that did before no longer does.
     * @param answer what the passkey answers to the salt
     * @throws PinRefused
     */
    async addPasskey(
      slotId: string,
      pin: string,
      passkey: SlotPasskey,
      answer: Uint8Array<ArrayBuffer>
    ): Promise<void> {
      const { row, dataKey } = await unwrap(slotId, pin);
      if (row.guest) throw new Error('a guest has her PIN alone: her key is never written');
      const wrap = await wrapByPasskey(slotId, dataKey, passkey, answer);
      await rows.change(slotId, (found) => ({ ...found, passkey: wrap }));
    },

    /** From now on the PIN alone opens the slot. */
    async removePasskey(slotId: string): Promise<void> {
      await rows.change(slotId, (found) => ({ ...found, passkey: undefined }));
    },

    /** Wraps the same data key with a new PIN; open vaults stay open. @throws PinRefused */
    async changePin(slotId: string, oldPin: string, newPin: string): Promise<void> {
      refuseWeak(newPin);
      const { dataKey } = await unwrap(slotId, oldPin);
      const wrapped = await wrap(slotId, dataKey, newPin);
      await rows.change(slotId, (found) => ({ ...found, ...wrapped }));
    },

    /** Lets everybody at this browser read a name with the place, or no longer. */
    async nameSlot(slotId: string, name: string | undefined): Promise<void> {
      await rows.change(slotId, (found) => ({ ...found, name }));
    },

    /** Whether the PIN is that of the place. @throws PinRefused when it is not */
    async checkPin(slotId: string, pin: string): Promise<void> {
      await unwrap(slotId, pin);
    },

    /**
     * Destroys a person's place: the key first, so that what is left is unreadable whatever happens next, then every
     * database. May be called again, and is finished by the next `listSlots` when it was interrupted.
     */
    async destroySlot(slotId: string): Promise<void> {
      await rows.kill(slotId);
      await finish(slotId);
    },

    close: (): void => db.close()
  };
}

/** A random id and the label drawn from it. */
function draw() {
  const id = crypto.randomUUID();
  const label = {
    colour: parseInt(id.slice(0, 2), 16) % LABELS.colours,
    bird: parseInt(id.slice(2, 4), 16) % LABELS.birds
  };
  return { id, label };
}
