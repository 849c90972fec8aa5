import * as v from 'valibot';
import { base, key, line, text, timestamp, uuid } from './fields.ts';

export const RECORD_FIELDS = [
  'name',
  'nip',
  'birthDate',
  'sex',
  'status',
  'rank',
  'position',
  'unit',
  'agency',
  'region',
  'education',
  'appointmentDate',
  'rankDate'
] as const;

export const SOURCES = ['BKN', 'instansi', 'sendiri'] as const;

const field = v.strictObject({ value: text(500), source: v.picklist(SOURCES), asOf: timestamp });

/** The official record of a person with the source of each field: `record:<uuid of the person>`, written by the server. */
export const record = v.strictObject({ ...base('record'), fields: v.record(v.picklist(RECORD_FIELDS), field) });

const channelLink = v.strictObject({
  id: key,
  title: line(200),
  kind: v.picklist(['national', 'agency', 'unit', 'community'])
});

/** What a person belongs to: `membership:<uuid of the person>`, written by the server; `/sync` follows these. */
export const membership = v.strictObject({
  ...base('membership'),
  person: uuid,
  agency: key,
  roles: v.array(v.picklist(['staff', 'officer', 'publisher', 'administrator'])),
  channels: v.array(channelLink)
});

export type RecordField = (typeof RECORD_FIELDS)[number];
export type PersonRecord = v.InferOutput<typeof record>;
export type Membership = v.InferOutput<typeof membership>;
export type ChannelLink = v.InferOutput<typeof channelLink>;
