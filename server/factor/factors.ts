import { randomBytes } from 'node:crypto';
import { inGroups, randomText, readTyped } from '../../src/lib/domain/crockford.ts';
import { REGISTRY } from '../../src/lib/domain/databases.ts';
import type { Enrolment } from '../../src/lib/domain/factor.ts';
import type { Couch } from '../couch/types.ts';
import { openDatabase, type Unsaved } from '../registry/database.ts';
import { hashOf } from '../registry/secret.ts';
import type { Person } from '../registry/types.ts';
import type { Seal } from './seal.ts';
import { base32, farStepOf, stepAt, STEP_MS, stepOf } from './totp.ts';

const PREFIX = 'factor:';
const ISSUER = 'SmartASN';
const SECRET_BYTES = 20;
/** From the picture on the screen to the first code, ms: over a slow link it takes an hour to fetch an app. */
const TICKET_MS = 4 * 3_600_000;
const CODES = 10;
const CODE_LENGTH = 10;
/** Recovery codes are read in groups of this size. */
const GROUP = 5;

/** A person's second factor, in the registry as `factor:<person>`. */
interface FactorDocument {
  _id: string;
  _rev?: string;
  type: 'factor';
  /** The secret, sealed. */
  secret: string;
  /** The step that let her in last: it and those before it are used up (RFC 6238 section 5.2). */
  step: number;
  /** Later steps whose codes were shown to the server already: they are used up as well. */
  told: number[];
  /** SHA-256 of each recovery code that is left. */
  recovery: string[];
  createdAt: string;
}

interface Ticket {
  secret: string;
  /** Time in ms when it was given. */
  at: number;
}

/** What a code is good for. `seconds` is how much the clock of its app is ahead. */
export type Checked = { kind: 'app' | 'recovery' | 'wrong' } | { kind: 'clock'; seconds: number };

export type Confirmed = Checked | { kind: 'over' } | { kind: 'on'; recovery: string[] };

export interface Factors {
  /** Undefined when she has none. */
  of(person: string): Promise<{ since: string; left: number } | undefined>;
  /** Makes a secret; nothing is kept until a code of it comes back with the ticket. */
  begin(person: Pick<Person, 'id' | 'account'>): Enrolment;
  /** Switches on, instead of what was on; `over` when the ticket is too old, somebody else's, or none. */
  confirm(person: string, ticket: string, code: string): Promise<Confirmed>;
  /** Uses a code up; `wrong` also when she has no factor. */
  check(person: string, code: string): Promise<Checked>;
  /** New recovery codes instead of those that were left; undefined when she has no factor. */
  renew(person: string): Promise<string[] | undefined>;
  /** False when she has none. */
  remove(person: string): Promise<boolean>;
}

const asDigits = (typed: string): string | undefined => /^\d{6}$/.exec(typed.replace(/\s/g, ''))?.[0];

function makeCodes(): { shown: string[]; hashes: string[] } {
  const codes = Array.from({ length: CODES }, () => randomText(CODE_LENGTH));
  return { shown: codes.map((code) => inGroups(code, GROUP)), hashes: codes.map(hashOf) };
}

/** `clock` gives ms since 1970. */
export function openFactors(couch: Couch, { seal, open }: Seal, clock: () => number = Date.now): Factors {
  const database = openDatabase(couch, 'gateway', REGISTRY);
  const find = (person: string) => database.get<FactorDocument>(PREFIX + person);

  /** False when somebody else has written it meanwhile: a code that came twice at once counts once. */
  const put = (document: FactorDocument | (Unsaved & { type: 'factor' })): Promise<boolean> =>
    database.putUnlessMoved(document);
  const secretOf = (sealed: string, about: string): Uint8Array | undefined => {
    const text = open(sealed, about);
    return text === undefined ? undefined : new Uint8Array(Buffer.from(text, 'base64url'));
  };
  const ahead = (step: number): Checked => ({ kind: 'clock', seconds: ((step - stepAt(clock())) * STEP_MS) / 1000 });

  return {
    async of(person) {
      const found = await find(person);
      return found && { since: found.createdAt, left: found.recovery.length };
    },

    begin({ id, account }) {
      const secret = new Uint8Array(randomBytes(SECRET_BYTES));
      const shown = base32(secret);
      const label = `${ISSUER}:${encodeURIComponent(account)}`;
      const ticket: Ticket = { secret: Buffer.from(secret).toString('base64url'), at: clock() };
      return {
        secret: shown,
        uri: `otpauth://totp/${label}?secret=${shown}&issuer=${ISSUER}`,
        ticket: seal(JSON.stringify(ticket), `ticket:${id}`)
      };
    },

    async confirm(person, ticket, code) {
      const opened = open(ticket, `ticket:${person}`);
      const digits = asDigits(code);
      const { secret: text, at } = opened ? (JSON.parse(opened) as Ticket) : { secret: '', at: 0 };
      if (at + TICKET_MS < clock()) return { kind: 'over' };
      if (!digits) return { kind: 'wrong' };
      const secret = new Uint8Array(Buffer.from(text, 'base64url'));
      const step = stepOf(secret, digits, clock());
      if (step === undefined) {
        const far = farStepOf(secret, digits, clock());
        return far === undefined ? { kind: 'wrong' } : ahead(far);
      }
      const { shown, hashes } = makeCodes();
      const before = await find(person);
      // The answer to the first time may have been lost, so a ticket may come twice; it gives no used code back.
      const again = before && open(before.secret, person) === text ? before : undefined;
      // What she switched on since does not give way to a ticket that somebody got before.
      if (before && !again && Date.parse(before.createdAt) > at) return { kind: 'over' };
      const kept = await put({
        _id: PREFIX + person,
        ...(before?._rev && { _rev: before._rev }),
        type: 'factor',
        secret: seal(text, person),
        step: Math.max(step, again?.step ?? 0),
        told: again?.told ?? [],
        recovery: hashes,
        createdAt: new Date(clock()).toISOString()
      });
      return kept ? { kind: 'on', recovery: shown } : { kind: 'wrong' };
    },

    async check(person, code) {
      const found = await find(person);
      if (!found) return { kind: 'wrong' };
      const digits = asDigits(code);
      if (!digits) {
        const hash = hashOf(readTyped(code));
        const recovery = found.recovery.filter((one) => one !== hash);
        const isOne = recovery.length < found.recovery.length;
        return { kind: isOne && (await put({ ...found, recovery })) ? 'recovery' : 'wrong' };
      }
      const secret = secretOf(found.secret, person);
      if (!secret) return { kind: 'wrong' };
      const step = stepOf(secret, digits, clock());
      if (step !== undefined) {
        if (step <= found.step || found.told.includes(step)) return { kind: 'wrong' };
        const told = found.told.filter((one) => one > step);
        return { kind: (await put({ ...found, step, told })) ? 'app' : 'wrong' };
      }
      const far = farStepOf(secret, digits, clock());
      if (far === undefined || found.told.includes(far)) return { kind: 'wrong' };
      // Who guesses could wait until such a code's time has come; so it never counts.
      const told = far > stepAt(clock()) ? [...found.told.filter((one) => one > found.step), far] : found.told;
      return (await put({ ...found, told })) ? ahead(far) : { kind: 'wrong' };
    },

    async renew(person) {
      const found = await find(person);
      const { shown, hashes } = makeCodes();
      return found && (await put({ ...found, recovery: hashes })) ? shown : undefined;
    },

    async remove(person) {
      // Whoever uses a code at this moment does not keep it from going.
      for (;;) {
        const found = await find(person);
        if (!found) return false;
        const { _id, _rev, type } = found;
        if (await put({ _id, ...(_rev && { _rev }), type, _deleted: true })) return true;
      }
    }
  };
}
