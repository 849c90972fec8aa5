const contestants = {
  pouchdb: () => import('./pouchdb.ts'),
  rxdb: () => import('./rxdb.ts'),
  smartasn: () => import('./smartasn.ts')
};

Object.assign(window, { contestants });
