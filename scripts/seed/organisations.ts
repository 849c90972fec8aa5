import type { Regions } from './regions.ts';
import type { Agency, Channel, Unit, UnitKind } from './types.ts';

/** A unit with what only the generator needs to know. */
export interface Office {
  unit: Unit;
  kind: UnitKind;
  /** Name of the district without the word for it, as in `Kolf Braza`. */
  place: string;
}

interface Plan {
  agency: Omit<Agency, 'region' | 'regionTitle'> & { province: string; regency: string; regencyCode: string };
  districtWord: string;
  units: [key: string, kind: UnitKind, title: string, district: string][];
}

const PLANS: Plan[] = [
  {
    agency: {
      key: 'asmat',
      title: 'Pemerintah Kabupaten Asmat',
      kind: 'regional',
      province: '93',
      regency: 'Kabupaten Asmat',
      regencyCode: '93.04'
    },
    districtWord: 'Distrik',
    units: [
      ['sd-kolf-braza', 'sd', 'SD Negeri Kolf Braza', 'Kolf Braza'],
      ['sd-suru-suru', 'sd', 'SD Negeri 2 Suru-suru', 'Suru-suru'],
      ['sd-safan', 'sd', 'SD Negeri Safan', 'Safan'],
      ['smp-atsj', 'smp', 'SMP Negeri Satu Atap Atsj', 'Atsj'],
      ['puskesmas-sawa-erma', 'puskesmas', 'Puskesmas Sawa Erma', 'Sawa Erma'],
      ['puskesmas-pantai-kasuari', 'puskesmas', 'Puskesmas Pantai Kasuari', 'Pantai Kasuari'],
      ['disdik-asmat', 'disdik', 'Dinas Pendidikan Kabupaten Asmat', 'Agats'],
      ['dinkes-asmat', 'dinkes', 'Dinas Kesehatan Kabupaten Asmat', 'Agats'],
      ['bkpsdm-asmat', 'bkpsdm', 'BKPSDM Kabupaten Asmat', 'Agats'],
      ['kominfo-asmat', 'kominfo', 'Dinas Komunikasi dan Informatika Kabupaten Asmat', 'Agats'],
      ['penyuluh-unir-sirau', 'penyuluh', 'Balai Penyuluhan Pertanian Unir Sirau', 'Unir Sirau'],
      ['distrik-fayit', 'distrik', 'Kantor Distrik Fayit', 'Fayit']
    ]
  },
  {
    agency: {
      key: 'natuna',
      title: 'Pemerintah Kabupaten Natuna',
      kind: 'regional',
      province: '21',
      regency: 'Kabupaten Natuna',
      regencyCode: '21.03'
    },
    districtWord: 'Kecamatan',
    units: [
      ['sd-subi', 'sd', 'SD Negeri 003 Subi', 'Subi'],
      ['sd-pulau-panjang', 'sd', 'SD Negeri 001 Pulau Panjang', 'Pulau Panjang'],
      ['smp-pulau-tiga', 'smp', 'SMP Negeri 2 Pulau Tiga', 'Pulau Tiga'],
      ['puskesmas-serasan', 'puskesmas', 'Puskesmas Serasan', 'Serasan'],
      ['puskesmas-pulau-laut', 'puskesmas', 'Puskesmas Pulau Laut', 'Pulau Laut'],
      ['disdik-natuna', 'disdik', 'Dinas Pendidikan Kabupaten Natuna', 'Bunguran Timur'],
      ['dinkes-natuna', 'dinkes', 'Dinas Kesehatan Kabupaten Natuna', 'Bunguran Timur'],
      ['bkpsdm-natuna', 'bkpsdm', 'BKPSDM Kabupaten Natuna', 'Bunguran Timur'],
      ['dukcapil-natuna', 'dukcapil', 'Dinas Kependudukan dan Pencatatan Sipil Kabupaten Natuna', 'Bunguran Timur'],
      ['dishub-natuna', 'dishub', 'Dinas Perhubungan Kabupaten Natuna', 'Bunguran Timur'],
      ['penyuluh-bunguran-barat', 'penyuluh', 'Balai Penyuluhan Perikanan Bunguran Barat', 'Bunguran Barat'],
      ['camat-bunguran-utara', 'distrik', 'Kantor Camat Bunguran Utara', 'Bunguran Utara']
    ]
  },
  {
    agency: {
      key: 'pengelola',
      title: 'Pengelola SmartASN Nasional',
      kind: 'central',
      province: '31',
      regency: 'Kota Administrasi Jakarta Pusat',
      regencyCode: '31.71'
    },
    districtWord: 'Kecamatan',
    units: [['tim-smartasn', 'pusat', 'Tim Layanan dan Pembelajaran SmartASN', 'Gambir']]
  }
];

/** Agencies and their units, placed by official codes. */
export function organise(regions: Regions): { agencies: Agency[]; offices: Office[] } {
  const agencies: Agency[] = [];
  const offices: Office[] = [];
  for (const { agency, districtWord, units } of PLANS) {
    const province = regions.title(agency.province);
    const region = regions.code(agency.province, agency.regency);
    if (region !== agency.regencyCode)
      throw new Error(`wilayah.csv: ${agency.regency} has the code ${region}, not ${agency.regencyCode}`);
    const regionTitle = `${agency.regency}, ${province}`;
    agencies.push({ key: agency.key, title: agency.title, region, regionTitle, kind: agency.kind });
    for (const [key, kind, title, place] of units) {
      const unit = {
        key,
        agency: agency.key,
        title,
        region: regions.code(region, place),
        regionTitle: `${districtWord} ${place}, ${regionTitle}`
      };
      offices.push({ unit, kind, place });
    }
  }
  return { agencies, offices };
}

/** One channel for the nation, one for each agency, one for each unit. */
export function channelsOf(agencies: Agency[], offices: Office[]): Channel[] {
  const national: Channel = {
    id: 'nasional',
    title: 'ASN Nasional',
    kind: 'national',
    about: 'Untuk semua ASN di Indonesia: kabar, pembelajaran, dan cerita dari lapangan.'
  };
  return [
    national,
    ...agencies.map(({ key, title, region, regionTitle }): Channel => ({
      id: key,
      title,
      kind: 'agency',
      about: `Untuk semua pegawai ${title} (${regionTitle}): pengumuman, layanan, dan saling bantu antarunit.`,
      region,
      agency: key
    })),
    ...offices.map(({ unit }): Channel => ({
      id: unit.key,
      title: unit.title,
      kind: 'unit',
      about: `Ruang kerja harian ${unit.title}, ${unit.regionTitle}. Hanya anggota unit yang membaca.`,
      region: unit.region,
      agency: unit.agency,
      unit: unit.key
    }))
  ];
}
