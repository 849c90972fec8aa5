/** Names under which sync keeps sealed values in the store. */
export const SECRET = {
  refresh: 'refresh',
  person: 'person',
  /** How far the own database has been projected: `<incarnation>/<sequence>`. */
  projected: 'own-projected',
  /** The server's sequence of the own database that has been pulled. */
  pulled: 'own-pulled'
} as const;
