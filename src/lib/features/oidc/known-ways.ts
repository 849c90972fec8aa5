import * as v from 'valibot';
import { waysIn, type WaysIn } from '$lib/domain/oidc';

/** What the server offered last, so that the button is there before it answers. It says nothing about anybody. */
const KEY = 'smartasn-ways-in';

export function knownWays(): WaysIn {
  try {
    const known = v.safeParse(waysIn, JSON.parse(localStorage.getItem(KEY) ?? '{}'));
    return known.success ? known.output : {};
  } catch {
    return {};
  }
}

/** Asks the server; what was known stays when it does not answer. */
export async function freshWays(): Promise<WaysIn> {
  const { askWaysIn } = await import('$lib/sync/oidc');
  const ways = await askWaysIn();
  if (!ways) return knownWays();
  if (ways.oidc) localStorage.setItem(KEY, JSON.stringify(ways));
  else localStorage.removeItem(KEY);
  return ways;
}
