/** What `smartasn event` says. */
export interface EventWords {
  locale: string;
  published: (title: string, when: string, id: string) => string;
  none: string;
  cancelled: string;
  wasCancelled: (title: string) => string;
  noEvent: (given: string) => string;
}

const id: EventWords = {
  locale: 'id-ID',
  published: (title, when, number) => `Acara “${title}” (${when}) ada di katalog. Nomor: ${number}`,
  none: 'Belum ada acara.',
  cancelled: 'dibatalkan',
  wasCancelled: (title) => `Acara “${title}” dibatalkan. Perangkat tahu begitu tersambung.`,
  noEvent: (given) => `Tidak ada satu acara yang nomornya diawali ${given}.`
};

const en: EventWords = {
  locale: 'en-GB',
  published: (title, when, number) => `The event “${title}” (${when}) is in the catalogue. Id: ${number}`,
  none: 'There is no event yet.',
  cancelled: 'cancelled',
  wasCancelled: (title) => `The event “${title}” is cancelled. Devices learn it as soon as they connect.`,
  noEvent: (given) => `There is not one event whose id begins with ${given}.`
};

export const eventWords = (locale: string): EventWords => (locale === 'en' ? en : id);
