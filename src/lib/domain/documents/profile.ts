import * as v from 'valibot';
import { latest, mergeBase, mergeRecords } from '../merge/base.ts';
import { mergeText, textRegister } from '../merge/text-register.ts';
import { delivered, growing, line, own, text, uuid } from './fields.ts';

/** Fields a person fills in herself; everything else comes from the official record (`record.ts`). */
export const SELF_FIELDS = ['about', 'skills', 'phone', 'email', 'languages'] as const;

/** Official fields whose visibility a person may set as well. */
export const SHAREABLE_RECORD_FIELDS = ['education', 'rank', 'birthDate', 'appointmentDate'] as const;

export const VISIBILITIES = ['self', 'agency'] as const;

export type SelfField = (typeof SELF_FIELDS)[number];
export type ShareableField = SelfField | (typeof SHAREABLE_RECORD_FIELDS)[number];
export type Visibility = (typeof VISIBILITIES)[number];

/** Name of a field: one of those above, or one that only a newer app knows. */
const name = line(60);

/** What colleagues may see until a person says otherwise (domain.md §1.2): nothing that could harm her. */
export const DEFAULT_VISIBILITY: Record<ShareableField, Visibility> = {
  about: 'agency',
  skills: 'agency',
  languages: 'agency',
  education: 'agency',
  rank: 'agency',
  phone: 'self',
  email: 'self',
  birthDate: 'self',
  appointmentDate: 'self'
};

/** What a person says about herself and shows to whom: `profile:<uuid of the person>` in her own database. */
export const ownProfile = growing({
  ...own('profile'),
  fields: v.record(name, textRegister),
  visibility: v.record(name, growing({ to: v.picklist(VISIBILITIES), edit: uuid }))
});

/** What colleagues see of a person: the same id in `directory-<agency>`; only fields she shows are in it. */
export const directoryProfile = growing({
  ...delivered('profile'),
  fields: v.record(name, text(50_000))
});

export type OwnProfile = v.InferOutput<typeof ownProfile>;
export type DirectoryProfile = v.InferOutput<typeof directoryProfile>;

/** Merges field by field: texts side by side, each visibility by its newest edit. */
export const mergeProfile = (a: OwnProfile, b: OwnProfile): OwnProfile => ({
  _id: a._id,
  type: 'profile',
  ...mergeBase(a, b),
  fields: mergeRecords(a.fields, b.fields, mergeText),
  visibility: mergeRecords(a.visibility, b.visibility, latest)
});
