import {
  channelInfo,
  comment,
  course,
  directoryProfile,
  edited,
  ME,
  membership,
  OTHER,
  ownComment,
  ownPost,
  ownReaction,
  personRecord,
  post,
  reaction,
  receiptOf,
  type someVault,
  T0,
  UNIT
} from './testing/fixtures';
import { dumpDatabases } from './testing/dump';
import { expect, test } from 'vitest';
import type { Derive } from '$lib/vault/kdf';
import { createVaults } from '$lib/vault/vault';
import { openStore } from './index';

const CANARY = 'KENARI';
const SECRETS = [
  CANARY,
  UNIT,
  'jayawijaya',
  'nasional',
  'catalogue',
  'directory',
  'Yohana',
  'Wamena',
  ME,
  OTHER,
  'refresh',
  'b'.repeat(64),
  'kesehatan',
  'forbidden',
  'last-seq',
  '739164'
];

/** Uses everything that puts something on the disk. */
async function useEverything(vault: Awaited<ReturnType<typeof someVault>>) {
  const store = await openStore(vault);
  const mine = await store.write(ownPost(`${CANARY} satu`, UNIT, 'kesehatan'));
  await store.write(edited(mine, `${CANARY} dua`));
  const other = await store.write(ownComment(mine._id, `${CANARY} tiga`, UNIT));
  await store.write(ownReaction(mine._id, 'suka'));
  await store.refuse(other.edit, `forbidden ${CANARY}`);
  const docs = [membership(), personRecord(`Yohana ${CANARY}`), receiptOf(mine, T0), { _id: CANARY, type: CANARY }];
  await store.applyOwn({ docs, deleted: [], checkpoint: `last-seq ${CANARY}` });
  const on = post(T0, { text: CANARY, channel: UNIT, topic: 'kesehatan' });
  const shared = [
    on,
    comment(on._id, T0, CANARY),
    reaction(on._id, 'suka', OTHER),
    channelInfo(CANARY),
    { odd: CANARY }
  ];
  await store.applyShared(`channel-${UNIT}`, { docs: shared, deletedIds: [], checkpoint: `last-seq ${CANARY}` });
  const catalogue = [course(T0, CANARY)];
  await store.applyShared('catalogue', { docs: catalogue, deletedIds: [], checkpoint: '1' });
  await store.applyShared('directory-kab-jayawijaya', {
    docs: [directoryProfile(OTHER)],
    deletedIds: [],
    checkpoint: '1'
  });
  await store.putPiece('b'.repeat(64), new TextEncoder().encode(`${CANARY} media`));
  await store.setSecret('refresh', `${CANARY} token`);
  await store.setSetting('draft', { text: CANARY });
  return store;
}

test('nothing readable reaches the disk: no text, name, channel, token, person or setting', async () => {
  const derive: Derive = ({ pin }) => Promise.resolve(new Uint8Array(32).fill(pin.length));
  const vaults = createVaults({ derive, cost: { memory: 8, passes: 1, lanes: 1 } });
  const store = await useEverything(await vaults.createSlot('739164'));
  store.close();
  vaults.close();
  const dump = await dumpDatabases();
  expect(dump.length).toBeGreaterThan(5_000);
  expect(SECRETS.filter((secret) => dump.includes(secret))).toEqual([]);
});

test('the search would find a canary that is there', async () => {
  const open = indexedDB.open('kept');
  await new Promise<void>((resolve) => {
    open.onupgradeneeded = () => open.result.createObjectStore('x').put({ v: new TextEncoder().encode(CANARY) }, 1);
    open.onsuccess = () => resolve();
  });
  open.result.close();
  expect(await dumpDatabases()).toContain(CANARY);
});
