import type { Certificate } from '$lib/domain/documents/certificate';
import { shorten } from '$lib/domain/credentials/short';

/** Bytes that fit a QR code of version 40 with error correction M (ISO/IEC 18004). */
const FITS = 2_331;

export interface VerifyAddress {
  address: string;
  /** Whether the address holds the whole credential, so that it is checked without a signal. */
  whole: boolean;
}

/** The address where a certificate is checked: with all of it where that fits a code on paper, otherwise its number. */
export async function verifyAddress(
  { credential, number }: Pick<Certificate, 'credential' | 'number'>,
  origin = location.origin
): Promise<VerifyAddress> {
  const short = await shorten(credential).catch(() => undefined);
  const whole = `${origin}/verify#${short}`;
  if (short !== undefined && whole.length <= FITS) return { address: whole, whole: true };
  return { address: `${origin}/verify#${number}`, whole: false };
}
