import type { RecordField } from '$lib/domain/documents/record';
import type { SelfField, ShareableField } from '$lib/domain/documents/profile';
import { m } from '$lib/paraglide/messages';

export const SELF_WORDS: Record<SelfField, () => string> = {
  about: m.profile_about,
  skills: m.profile_skills,
  phone: m.profile_phone,
  email: m.profile_email,
  languages: m.profile_languages
};

export const RECORD_WORDS: Record<RecordField, () => string> = {
  name: m.profile_name,
  nip: m.profile_nip,
  birthDate: m.profile_birth_date,
  sex: m.profile_sex,
  status: m.profile_status,
  rank: m.profile_rank,
  position: m.profile_position,
  unit: m.profile_unit,
  agency: m.profile_agency,
  region: m.profile_region,
  education: m.profile_education,
  appointmentDate: m.profile_appointment_date,
  rankDate: m.profile_rank_date
};

/** The name of any field that a person may show. */
export const fieldWords = (field: ShareableField): string => ({ ...RECORD_WORDS, ...SELF_WORDS })[field]();
