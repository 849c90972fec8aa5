const contestants = {
  pouchdb: () => import('./pouchdb.ts'),
  rxdb: () => import('./rxdb.ts'),
  smartasn: () => import('./smartasn.ts'),
  device: () => import('./device.ts'),
  private: () => import('./private.ts'),
  'private-pouchdb': () => import('./private-pouchdb.ts')
};

Object.assign(window, { contestants });
