const contestants = {
  pouchdb: () => import('./pouchdb.ts'),
  rxdb: () => import('./rxdb.ts'),
  smartasn: () => import('./smartasn.ts'),
  private: () => import('./private.ts'),
  'private-pouchdb': () => import('./private-pouchdb.ts')
};

Object.assign(window, { contestants });
