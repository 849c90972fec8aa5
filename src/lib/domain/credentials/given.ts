import { parseCertificateNumber } from './number.ts';
import { unshorten } from './short.ts';

/** What somebody pasted, scanned, opened or followed: a credential, the number of one, or neither. */
export type Given = { kind: 'credential'; jws: string } | { kind: 'number'; number: string } | { kind: 'nothing' };

const JWS = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** Reads an address with a fragment, the fragment, a JWS, a file with one, or a number. */
export async function readGiven(text: string): Promise<Given> {
  const trimmed = text.trim().replace(/^"|"$/g, '');
  const inner = /^https?:\/\/[^#\s]+#(\S+)$/i.exec(trimmed)?.[1] ?? trimmed.replace(/^#/, '');
  if (JWS.test(inner)) return { kind: 'credential', jws: inner };
  const number = parseCertificateNumber(inner)?.number;
  if (number !== undefined) return { kind: 'number', number };
  const jws = await unshorten(inner);
  return jws === undefined ? { kind: 'nothing' } : { kind: 'credential', jws };
}
