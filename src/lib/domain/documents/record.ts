import * as v from 'valibot';
import { base, growing, key, line, text, timestamp, uuid } from './fields.ts';

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

const field = growing({ value: text(500), source: v.picklist(SOURCES), asOf: timestamp });

/** The official record of a person with the source of each field: `record:<uuid of the person>`, written by the server. */
export const record = growing({ ...base('record'), fields: v.record(line(60), field) });

const channelLink = growing({
  id: key,
  title: line(200),
  kind: v.picklist(['national', 'agency', 'unit', 'community'])
});

/** What a person belongs to: `membership:<uuid of the person>`, written by the server; `/sync` follows these. */
export const membership = growing({
  ...base('membership'),
  person: uuid,
  agency: key,
  roles: v.array(line(60)),
  channels: v.array(channelLink)
});

export type RecordField = (typeof RECORD_FIELDS)[number];
export type PersonRecord = v.InferOutput<typeof record>;
export type Membership = v.InferOutput<typeof membership>;
export type ChannelLink = v.InferOutput<typeof channelLink>;
