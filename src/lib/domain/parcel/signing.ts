/** The key that devices sign with. P-256, because every browser has it; Ed25519 is younger than many phones. */
export const SIGNING_KEY = { name: 'ECDSA', namedCurve: 'P-256' } as const;
export const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' } as const;
