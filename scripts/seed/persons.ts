import { drawName } from './names.ts';
import type { Office } from './organisations.ts';
import { selfDescription } from './profiles.ts';
import { seeded, type Random } from './random.ts';
import { civilRank, contractRank, level } from './ranks.ts';
import { birthYear, jobTitle, ROSTERS, type Job } from './rosters.ts';
import type { Person, Sex, Staff, Voice } from './types.ts';

/** The day on which the demonstration takes place, for years of service. */
const YEAR = 2026;
const MONTH = 11;

interface Fixed {
  key: string;
  name: string;
  given: string;
  sex: Sex;
  contract: boolean;
  appointed: number;
}

/** The persons of the demonstration accounts, by unit and place in its roster. */
const FIXED: Record<string, Fixed> = {
  'sd-kolf-braza/1': {
    key: 'guru',
    name: 'Maria Yuliana Kaize',
    given: 'Maria',
    sex: 'perempuan',
    contract: false,
    appointed: 2019
  },
  'sd-kolf-braza/2': {
    key: 'rekan',
    name: 'Yosep Donatus Renyaan',
    given: 'Yosep',
    sex: 'laki-laki',
    contract: true,
    appointed: 2023
  },
  'puskesmas-serasan/2': {
    key: 'perawat',
    name: 'Nurlela Zuraida',
    given: 'Nurlela',
    sex: 'perempuan',
    contract: true,
    appointed: 2024
  },
  'bkpsdm-asmat/4': {
    key: 'kepegawaian',
    name: 'Kristina Pasapan',
    given: 'Kristina',
    sex: 'perempuan',
    contract: false,
    appointed: 2014
  },
  'bkpsdm-asmat/3': {
    key: 'penerbit',
    name: 'Lukas Bonifasius Gebze',
    given: 'Lukas',
    sex: 'laki-laki',
    contract: false,
    appointed: 2011
  },
  'tim-smartasn/1': {
    key: 'admin',
    name: 'Retno Wulan Hartati',
    given: 'Retno',
    sex: 'perempuan',
    contract: false,
    appointed: 2016
  }
};

const two = (value: number) => String(value).padStart(2, '0');

interface Service {
  appointed: number;
  month: number;
  contract: boolean;
}

function drawService(random: Random, job: Job, fixed: Fixed | undefined): Service {
  const contract = fixed?.contract ?? random.chance(job.contract ?? 0.3);
  if (contract) return { contract, appointed: fixed?.appointed ?? random.int(2021, 2025), month: random.int(3, 10) };
  const [from, to] = job.tenure ?? [0, 18];
  const appointed = fixed?.appointed ?? YEAR - random.int(from, to);
  return { contract, appointed, month: appointed === YEAR ? random.int(2, 5) : random.pick([1, 2, 3, 3, 4, 5, 12]) };
}

function numbers(
  random: Random,
  sex: Sex,
  birthDate: string,
  service: Service
): { nip: string; appointmentDate: string } {
  const digit = sex === 'laki-laki' ? 1 : 2;
  const fifth = service.contract ? (random.chance(0.12) ? 22 : 21) : two(service.month);
  const sequence = String(random.int(1, service.contract ? 60 : 12)).padStart(3, '0');
  return {
    nip: `${birthDate.replaceAll('-', '')}${service.appointed}${fifth}${digit}${sequence}`,
    appointmentDate: `${service.appointed}-${two(service.month)}-01`
  };
}

function career(job: Job, service: Service, appointmentDate: string) {
  if (service.contract) {
    const partTime = job.education === 'SMA' && service.appointed === 2025;
    return {
      status: partTime ? ('PPPK_PW' as const) : ('PPPK' as const),
      rank: contractRank(job.education),
      rankDate: appointmentDate,
      level: level(job.track)
    };
  }
  const tenure = YEAR - service.appointed - (service.month > MONTH ? 1 : 0);
  const { golongan, title, yearsIn } = civilRank(job, tenure);
  const promoted = service.appointed + tenure - yearsIn;
  const rankDate =
    promoted === service.appointed ? appointmentDate : `${promoted}-${service.month <= 4 ? '04' : '10'}-01`;
  return {
    status: service.appointed === YEAR ? ('CPNS' as const) : ('PNS' as const),
    rank: title,
    rankDate,
    level: level(job.track, golongan)
  };
}

function voicesOf(job: Job, office: Office): Voice[] {
  const own = job.voice ? [job.voice] : [];
  const { kind } = office;
  if ((kind === 'sd' || kind === 'smp') && job.voice) return ['semua', ...own, 'guru', `guru-${kind}`];
  if (kind === 'sd' || kind === 'smp') return ['semua'];
  if (kind === 'puskesmas') return ['semua', ...own, ...(job.head ? (['nakes'] as const) : [])];
  if (kind === 'pusat') return [kind];
  return ['semua', kind];
}

function fullName(job: Job, name: string): string {
  return `${job.before ? `${job.before} ` : ''}${name}${job.after ? `, ${job.after}` : ''}`;
}

/** Fills every unit's roster; names, numbers and ids are unique. */
export function employ(offices: Office[]): Staff[] {
  const staff: Staff[] = [];
  const nips = new Set<string>();
  const names = new Set(Object.values(FIXED).map(({ name }) => name));
  for (const office of offices) {
    const callings = new Set<string>();
    ROSTERS[office.kind].forEach((job, index) => {
      const place = `${office.unit.key}/${index}`;
      const random = seeded(`person/${place}`);
      const fixed = FIXED[place];
      const sex = fixed?.sex ?? (random.chance(job.women ?? 0.5) ? 'perempuan' : 'laki-laki');
      let drawn = fixed ?? drawName(random, office.unit.agency, sex);
      while (!fixed && (names.has(drawn.name) || callings.has(drawn.given)))
        drawn = drawName(random, office.unit.agency, sex);
      names.add(drawn.name);
      callings.add(drawn.given);
      const service = drawService(random, job, fixed);
      const born = birthYear(random, job, service.appointed, service.contract);
      const birthDate = `${born}-${two(random.int(1, 12))}-${two(random.int(1, 28))}`;
      let ids = numbers(random, sex, birthDate, service);
      while (nips.has(ids.nip)) ids = numbers(random, sex, birthDate, service);
      nips.add(ids.nip);
      const { level, ...rest } = career(job, service, ids.appointmentDate);
      const { agency, key: unit, region, title } = office.unit;
      const person: Person = {
        key: fixed?.key ?? `${unit}-${index + 1}`,
        id: random.uuid(),
        name: fullName(job, drawn.name),
        sex,
        ...ids,
        ...rest,
        birthDate,
        position: jobTitle(job, level, agency, title),
        unit,
        agency,
        region,
        education: job.education,
        ...selfDescription(random, office.kind, agency, drawn.given, staff.length + 1)
      };
      staff.push({
        person,
        voices: voicesOf(job, office),
        called: `${sex === 'perempuan' ? 'Ibu' : 'Pak'} ${drawn.given}`
      });
    });
  }
  return staff;
}
