import type { ParcelRefusal } from '../../../src/lib/domain/parcel/api.ts';

/** What `smartasn parcel` says. */
export interface ParcelWords {
  noFile: (file: string) => string;
  arrived: (file: string) => string;
  again: (file: string, at: string) => string;
  unmerged: (count: number) => string;
  reply: (file: string) => string;
  refused: (file: string, why: string) => string;
  refusals: Record<ParcelRefusal, string>;
  rotated: string;
}

const id: ParcelWords = {
  noFile: (file) => `Berkas ${file} tidak ditemukan. Periksa nama dan foldernya.`,
  arrived: (file) => `${file}: isinya sudah sampai.`,
  again: (file, at) => `${file}: sudah pernah sampai (${at}).`,
  unmerged: (count) => `${count} hal di dalamnya tidak diterima basis data.`,
  reply: (file) => `Kabar balik untuk pengirimnya: ${file}. Hanya perangkatnya yang dapat membukanya.`,
  refused: (file, why) => `${file} ditolak: ${why}`,
  refusals: {
    'not-a-parcel': 'ini bukan paket tersegel.',
    newer: 'paket ini dari aplikasi yang lebih baru; perbarui server ini dulu.',
    damaged: 'paket ini rusak atau diubah di jalan.',
    'too-large': 'paket ini terlalu besar.',
    foreign: 'paket ini disegel untuk server lain, atau kuncinya tidak ada di SMARTASN_DATA/keys.',
    'unknown-device': 'perangkat yang menyegelnya tidak dikenal.',
    forged: 'tanda tangan perangkatnya tidak cocok.',
    'lost-device': 'perangkat yang menyegelnya sudah dilaporkan hilang.'
  },
  rotated: 'Kunci paket baru dibuat. Perangkat mengenalnya dalam seminggu; kunci lama tetap membuka paket lama.'
};

const en: ParcelWords = {
  noFile: (file) => `There is no file ${file}. Check its name and folder.`,
  arrived: (file) => `${file}: its content has arrived.`,
  again: (file, at) => `${file}: has arrived before (${at}).`,
  unmerged: (count) => `The database did not take ${count} ${count === 1 ? 'item' : 'items'} in it.`,
  reply: (file) => `News for its sender: ${file}. Only her device can open it.`,
  refused: (file, why) => `${file} is refused: ${why}`,
  refusals: {
    'not-a-parcel': 'this is no sealed parcel.',
    newer: 'this parcel is from a newer app; update this server first.',
    damaged: 'this parcel was damaged or changed on its way.',
    'too-large': 'this parcel is too large.',
    foreign: 'this parcel was sealed for another server, or its key is missing in SMARTASN_DATA/keys.',
    'unknown-device': 'the device that sealed it is not known.',
    forged: 'the signature of its device does not fit.',
    'lost-device': 'the device that sealed it was reported lost.'
  },
  rotated: 'A new parcel key is made. Devices learn it within a week; old keys go on opening old parcels.'
};

export const parcelWords = (locale: string): ParcelWords => (locale === 'en' ? en : id);
