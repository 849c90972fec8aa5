import type { Slots } from './phrase.ts';
import type { Random } from './random.ts';
import type { Staff } from './types.ts';

/** What an agency's land and water are like. */
interface Land {
  regency: string;
  capital: string;
  district: string;
  village: string;
  villages: string[];
  water: string;
  boat: string[];
  weather: string[];
  staple: string[];
  fish: string[];
  produce: string[];
  children: string[];
  zone: string;
}

const LANDS: Record<string, Land> = {
  asmat: {
    regency: 'Asmat',
    capital: 'Agats',
    district: 'Distrik',
    village: 'kampung',
    villages: [
      'kampung di hulu',
      'kampung muara',
      'kampung seberang',
      'kampung lama',
      'kampung ujung',
      'kampung tengah'
    ],
    water: 'sungai',
    boat: ['longboat', 'speedboat', 'perahu ketinting', 'perahu'],
    weather: ['air pasang besar', 'hujan dua hari', 'arus deras', 'angin kencang di muara', 'air meti', 'kabut pagi'],
    staple: ['sagu', 'keladi', 'pisang', 'ubi jalar', 'petatas'],
    fish: ['ikan sembilang', 'udang sungai', 'kepiting', 'ikan kakap', 'ikan duri'],
    produce: ['kangkung', 'kacang panjang', 'sawi', 'keladi', 'kelor', 'bayam'],
    children: [
      'Yosua',
      'Merlin',
      'Feni',
      'Oktavianus',
      'Naomi',
      'Melki',
      'Debora',
      'Alfons',
      'Yuni',
      'Ferdi',
      'Selina',
      'Elias',
      'Tabita',
      'Beni'
    ],
    zone: 'WIT'
  },
  natuna: {
    regency: 'Natuna',
    capital: 'Ranai',
    district: 'Kecamatan',
    village: 'desa',
    villages: [
      'desa seberang',
      'dusun ujung',
      'pulau sebelah',
      'kampung pelantar',
      'dusun tengah',
      'desa di balik bukit'
    ],
    water: 'laut',
    boat: ['pompong', 'speedboat', 'kapal perintis', 'perahu kayu'],
    weather: ['angin utara', 'gelombang tinggi', 'hujan lebat', 'badai semalam', 'ombak dua meter', 'angin barat'],
    staple: ['ubi kayu', 'sagu', 'pisang', 'keladi', 'jagung'],
    fish: ['ikan tongkol', 'ikan bilis', 'ikan karang', 'ikan simbok', 'sotong'],
    produce: ['cabai', 'kangkung', 'terung', 'daun katuk', 'kacang panjang', 'bayam'],
    children: [
      'Aidil',
      'Nadia',
      'Rafi',
      'Syifa',
      'Haikal',
      'Putri',
      'Danish',
      'Aulia',
      'Fahri',
      'Zahra',
      'Iqbal',
      'Naila',
      'Reyhan',
      'Salwa'
    ],
    zone: 'WIB'
  }
};

const CITY: Land = {
  regency: 'Jakarta',
  capital: 'Jakarta',
  district: 'Kecamatan',
  village: 'kelurahan',
  villages: ['kantor sebelah'],
  water: 'laut',
  boat: ['kapal'],
  weather: ['hujan lebat', 'listrik padam'],
  staple: ['ubi'],
  fish: ['ikan'],
  produce: ['bayam'],
  children: ['Dimas'],
  zone: 'WIB'
};

/** The year in which the demonstration takes place, as in `persons.ts`. */
const YEAR = 2026;

const DAYS = ['Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat'];
const SUBJECTS = ['Matematika', 'Bahasa Indonesia', 'IPA', 'IPS', 'seni budaya', 'Pendidikan Pancasila'];
const WEATHER_FREE = ['sinyal', 'jaringan'];

/** Where a text is set: its author, her unit's district, colleagues she may name, districts of her agency. */
export interface Scene {
  author: Staff;
  unit: string;
  place: string;
  colleagues: Staff[];
  districts: string[];
}

/** Words for the slots of one text. A digit at the end of a name asks for another value: `{anak}`, `{anak2}`. */
export function slotsOf(scene: Scene, random: Random): Slots {
  const land = LANDS[scene.author.person.agency] ?? CITY;
  const used = new Map<string, string>();
  const others = scene.colleagues.filter((one) => one !== scene.author);
  const half = () => random.pick(['00', '15', '30']);
  const makers: Record<string, () => string> = {
    kab: () => land.regency,
    kota: () => land.capital,
    unit: () => scene.unit,
    tempat: () => scene.place,
    wilayah: () => `${land.district} ${scene.place}`,
    distrik: () => `${land.district} ${random.pick(scene.districts.filter((name) => name !== scene.place))}`,
    kampung: () => random.pick(land.villages),
    kata: () => land.village,
    air: () => land.water,
    perahu: () => random.pick(land.boat),
    cuaca: () => random.pick(land.weather),
    pangan: () => random.pick(land.staple),
    ikan: () => random.pick(land.fish),
    sayur: () => random.pick(land.produce),
    anak: () => random.pick(land.children),
    zona: () => land.zone,
    rekan: () => (others.length ? random.pick(others).called : 'rekan kami'),
    lama: () => String(Math.max(1, YEAR - Number(scene.author.person.appointmentDate.slice(0, 4)))),
    saya: () => scene.author.called,
    hari: () => random.pick(DAYS),
    pagi: () => `${String(random.int(7, 9)).padStart(2, '0')}.${half()}`,
    siang: () => `${random.int(10, 14)}.${half()}`,
    tgl: () => `tanggal ${random.int(2, 28)}`,
    mapel: () => random.pick(SUBJECTS),
    kelas: () => `kelas ${random.int(1, 6)}`,
    fase: () => `kelas ${random.int(7, 9)}`,
    sinyal: () => random.pick(WEATHER_FREE)
  };
  return (name) => {
    const known = used.get(name);
    if (known !== undefined) return known;
    const maker = makers[name.replace(/\d$/, '')];
    if (!maker) throw new Error(`Unknown slot {${name}}`);
    const taken = new Set(
      [...used].filter(([other]) => other.replace(/\d$/, '') === name.replace(/\d$/, '')).map(([, value]) => value)
    );
    let value = maker();
    for (let tries = 0; taken.has(value) && tries < 20; tries++) value = maker();
    used.set(name, value);
    return value;
  };
}
