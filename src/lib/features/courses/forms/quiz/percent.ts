import { number } from '$lib/ui';

/** A share as people say it: 75%. Rounded down, so that nothing that falls short looks enough. */
export const percent = (share: number): string => `${number(Math.floor(share * 100 + 1e-9))}%`;
