import type { ChannelLink, PersonRecord, RecordField } from '../../src/lib/domain/documents/record.ts';
import { SCHEMAS } from '../../src/lib/domain/documents/versions.ts';
import { SELF_FIELDS, type OwnProfile } from '../../src/lib/domain/documents/profile.ts';
import { docId } from '../../src/lib/domain/ids.ts';
import { newText } from '../../src/lib/domain/merge/text-register.ts';
import type { Person } from '../registry/types.ts';
import { DEMO_ACCOUNTS } from './accounts.ts';
import type { AgencyRow, ChannelRow, PersonRow, SeedData, UnitRow } from './data.ts';
import { stableUuidv7 } from './stable.ts';
import { zoneOf } from './zones.ts';

const DAY = 86_400_000;

/** When the two sources last sent their data, in days before the load. */
const AGE = { BKN: 12, instansi: 3 } as const;

/** Fields that the agency keeps; the others come from BKN. */
const OF_AGENCY: readonly RecordField[] = ['position', 'unit', 'agency', 'region'];

/** A person of the demonstration with what belongs to her. */
export interface DemoPerson {
  row: PersonRow;
  person: Person;
  zone: string;
}

/** Everybody by her key. `base` is the time of the load, ms since 1970. */
export function demoPersons(data: SeedData, base: number): Map<string, DemoPerson> {
  const units = new Map(data.units.map((unit) => [unit.key, unit]));
  const agencies = new Map(data.agencies.map((agency) => [agency.key, agency]));
  return new Map(
    data.persons.map((row) => {
      const unit = units.get(row.unit);
      const agency = agencies.get(row.agency);
      if (!unit || !agency) throw new Error(`Demonstration data: ${row.key} belongs to no known unit or agency.`);
      return [row.key, { row, person: toPerson(row, unit, agency, data.channels, base), zone: zoneOf(row.region) }];
    })
  );
}

function toPerson(row: PersonRow, unit: UnitRow, agency: AgencyRow, channels: ChannelRow[], base: number): Person {
  const account = DEMO_ACCOUNTS.find(({ personKey }) => personKey === row.key);
  return {
    id: row.id,
    account: account?.account ?? row.key,
    name: row.name,
    position: row.position,
    unit: unit.title,
    agency: row.agency,
    roles: account?.roles ?? ['staff'],
    channels: channels.filter((channel) => isMember(row, channel)).map(toLink),
    record: recordOf(row, unit, agency, base)
  };
}

const isMember = (row: PersonRow, { kind, agency, unit }: ChannelRow): boolean => {
  if (kind === 'national') return true;
  return kind === 'unit' ? unit === row.unit : kind === 'agency' && agency === row.agency;
};

const toLink = ({ id, title, kind }: ChannelRow): ChannelLink => ({ id, title, kind });

function recordOf(row: PersonRow, unit: UnitRow, agency: AgencyRow, base: number): PersonRecord['fields'] {
  const values: Record<RecordField, string> = {
    name: row.name,
    nip: row.nip,
    birthDate: row.birthDate,
    sex: row.sex,
    status: row.status,
    rank: row.rank,
    position: row.position,
    unit: unit.title,
    agency: agency.title,
    region: unit.regionTitle ?? agency.regionTitle ?? row.region,
    education: row.education,
    appointmentDate: row.appointmentDate,
    rankDate: row.rankDate
  };
  const fields: PersonRecord['fields'] = {};
  for (const [name, value] of Object.entries(values) as [RecordField, string][]) {
    const source = OF_AGENCY.includes(name) ? 'instansi' : 'BKN';
    if (value) fields[name] = { value, source, asOf: new Date(base - AGE[source] * DAY).toISOString() };
  }
  return fields;
}

/** What she says about herself, as she would have written it in her own database. */
export function ownProfileOf({ row, person, zone }: DemoPerson, base: number): OwnProfile {
  const time = base - 30 * DAY;
  const edit = stableUuidv7(time, `profile ${row.key}`);
  const fields: OwnProfile['fields'] = {};
  for (const name of SELF_FIELDS) {
    const text = row[name];
    if (text) fields[name] = newText(edit, text);
  }
  return {
    _id: docId('profile', person.id),
    type: 'profile',
    schema: SCHEMAS.profile,
    createdAt: new Date(time).toISOString(),
    zone,
    edit,
    fields,
    visibility: {}
  };
}
