/** Names under which sync keeps sealed values in the store. */
export const SECRET = { refresh: 'refresh', person: 'person', parcels: 'parcels' } as const;
