import type { AuditFault } from '../audit/verify.ts';

/** What `smartasn audit` says, in both languages. */
export interface AuditWords {
  whole: (entries: number, chains: number) => string;
  broken: (count: number) => string;
  elsewhere: (chains: number) => string;
  fault: (fault: AuditFault) => string;
}

const id: AuditWords = {
  whole: (entries, chains) => `Jejak audit utuh: ${entries} catatan dalam ${chains} rantai`,
  broken: (count) => `Jejak audit rusak di ${count} tempat. Simpan salinan basis data dan laporkan.`,
  elsewhere: (chains) => `${chains} rantai ditulis komputer lain: ujungnya hanya dapat diperiksa di sana`,
  fault: (fault) => {
    switch (fault.kind) {
      case 'changed':
        return `diubah: ${fault.id}`;
      case 'inserted':
        return `disisipkan: ${fault.id}`;
      case 'unlisted':
        return `tidak lagi terlihat oleh pegawainya: ${fault.id}`;
      case 'removed':
        return `dihapus: catatan ke-${fault.n} dari rantai ${fault.chain}`;
    }
  }
};

const en: AuditWords = {
  whole: (entries, chains) => `The audit trail is whole: ${entries} entries in ${chains} chains`,
  broken: (count) => `The audit trail is broken in ${count} places. Keep a copy of the database and report it.`,
  elsewhere: (chains) => `${chains} chains were written by other machines: their ends can only be checked there`,
  fault: (fault) => {
    switch (fault.kind) {
      case 'changed':
        return `changed: ${fault.id}`;
      case 'inserted':
        return `inserted: ${fault.id}`;
      case 'unlisted':
        return `hidden from the person it is about: ${fault.id}`;
      case 'removed':
        return `removed: entry ${fault.n} of chain ${fault.chain}`;
    }
  }
};

export const auditWords = (locale: string): AuditWords => (locale === 'en' ? en : id);
