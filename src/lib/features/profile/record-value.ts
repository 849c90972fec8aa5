import type { RecordField } from '$lib/domain/documents/record';
import { date } from '$lib/ui';
import { m } from '$lib/paraglide/messages';

const ISO_DAY = /^\d{4}-\d{2}-\d{2}/;

/** A value of the official record as people read it: the NIP in its four groups (Perka BKN 22/2007), dates in words. */
export function recordValue(field: RecordField | string, value: string): string {
  if (field === 'nip') return value.replace(/^(\d{8})(\d{6})(\d)(\d{3})$/, '$1 $2 $3 $4');
  if (field === 'sex') return value === 'perempuan' ? m.profile_female() : m.profile_male();
  if (ISO_DAY.test(value)) return date(value);
  return value;
}
