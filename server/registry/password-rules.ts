import { isLongEnough, type PasswordFault } from '../../src/lib/domain/password.ts';
import { commonPasswords } from './password-common.ts';
import type { Person } from './types.ts';

type Known = Pick<Person, 'account' | 'name' | 'unit' | 'agency' | 'record'>;

/** Parts of a name or address that are too short to give a password away. */
const SHORTEST_PART = 4;

/** What has to be left of a password once what everybody knows of the person is taken out. */
const LEFT = 8;

/** Different characters that a password has at least. */
const FEWEST_SIGNS = 5;

/** Letters and digits alone, as somebody who guesses would see them. */
const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** What people write for letters. */
const LEET: Record<string, string> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's' };
const unleet = (text: string): string => text.replace(/[013457@$]/g, (sign) => LEET[sign] ?? sign);

/** What is repeated in a text that is nothing but a repetition. */
const once = (text: string): string => /^(.+?)\1+$/u.exec(text)?.[1] ?? text;

/** A text as it may stand in a list: without what people put around it, doubled it, or wrote for its letters. */
function formsOf(password: string): Set<string> {
  const lower = password.normalize('NFKC').toLowerCase();
  const edges = /^[^\p{L}]+|[^\p{L}]+$/gu;
  const cores = [lower, lower.replace(edges, ''), unleet(lower), unleet(lower.replace(edges, ''))].map(plain);
  return new Set([lower, ...cores, ...cores.map(once)]);
}

/** The keys of a keyboard, row by row. */
const KEYS = '1234567890qwertyuiopasdfghjklzxcvbnm';

/** Whether each character but a few is the neighbour of the one before: `abcdefg…`, `123456…`, `qwerty…`. */
function isSequence(text: string): boolean {
  const signs = [...text];
  const isJump = (sign: string, index: number): boolean => {
    const before = signs[index] ?? '';
    const step = (sign.codePointAt(0) ?? 0) - (before.codePointAt(0) ?? 0);
    const [key, keyBefore] = [KEYS.indexOf(sign), KEYS.indexOf(before)];
    const isNextKey = key >= 0 && keyBefore >= 0 && Math.abs(key - keyBefore) <= 1;
    return Math.abs(step) > 1 && !isNextKey;
  };
  return signs.slice(1).filter(isJump).length < signs.length / 5;
}

async function isCommon(password: string): Promise<boolean> {
  const common = await commonPasswords();
  const core = plain(password);
  if (new Set(core).size < FEWEST_SIGNS || isSequence(core)) return true;
  return [...formsOf(password)].some((form) => common.has(form));
}

/** Words that anybody can know of a person: account, NIP, parts of her name, her unit and agency, and this app's name. */
function wordsOf(person: Known): string[] {
  const nip = String(person.record.nip?.value ?? '');
  const texts = [person.account, nip, person.name, person.unit, person.agency, 'smartasn'];
  const words = texts.flatMap((text) => [plain(text), ...text.split(/[^\p{L}\p{N}]+/u).map(plain)]);
  return [...new Set(words)].filter((word) => word.length >= SHORTEST_PART).sort((a, b) => b.length - a.length);
}

/** Whether little is left when what everybody knows of her is taken out; a sentence may contain her name. */
async function isKnown(password: string, person: Known): Promise<boolean> {
  const core = plain(password);
  const left = wordsOf(person).reduce((text, word) => text.replaceAll(word, ''), core);
  return left !== core && (left.length < LEFT || (await isCommon(left)));
}

/**
 * Why a password is not accepted; undefined when it is. Length and a list of what people choose most, and no rules about
 * kinds of characters: those make passwords that are hard to keep in mind and no harder to guess (NIST SP 800-63B-4).
 */
export async function passwordFault(password: string, person: Known): Promise<PasswordFault | undefined> {
  if (!isLongEnough(password)) return 'password-short';
  if (await isKnown(password, person)) return 'password-known';
  return (await isCommon(password)) ? 'password-common' : undefined;
}
