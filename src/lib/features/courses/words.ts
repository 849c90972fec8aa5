import type { Course, CourseKind } from '$lib/domain/documents/course';
import type { Competency } from '$lib/domain/rules/competencies';
import { isCompetency } from '$lib/domain/rules/competencies';
import { number, size } from '$lib/ui';
import { bookOpen, graduationCap, headphones, megaphone, mic, play } from '$lib/ui/icons';
import { m } from '$lib/paraglide/messages';
import { getLocale } from '$lib/paraglide/runtime';

/** Length of a learning hour (JP), minutes. */
const HOUR_OF_LEARNING = 45;

export const KIND_WORDS: Record<CourseKind, () => string> = {
  course: m.find_kind_course,
  book: m.find_kind_book,
  audiobook: m.find_kind_audiobook,
  podcast: m.find_kind_podcast,
  talkshow: m.find_kind_talkshow,
  video: m.find_kind_video
};

export const KIND_ICONS: Record<CourseKind, string> = {
  course: graduationCap,
  book: bookOpen,
  audiobook: headphones,
  podcast: mic,
  talkshow: megaphone,
  video: play
};

export const LEVEL_WORDS: Record<NonNullable<Course['level']>, () => string> = {
  dasar: m.find_level_dasar,
  menengah: m.find_level_menengah,
  lanjut: m.find_level_lanjut
};

const COMPETENCY_WORDS: Record<Competency, () => string> = {
  integritas: m.find_competency_integritas,
  'kerja-sama': m.find_competency_kerja_sama,
  komunikasi: m.find_competency_komunikasi,
  'orientasi-hasil': m.find_competency_orientasi_hasil,
  'pelayanan-publik': m.find_competency_pelayanan_publik,
  'pengembangan-diri': m.find_competency_pengembangan_diri,
  'mengelola-perubahan': m.find_competency_mengelola_perubahan,
  'pengambilan-keputusan': m.find_competency_pengambilan_keputusan,
  'perekat-bangsa': m.find_competency_perekat_bangsa
};

/** Name of a competency; a technical one is named by its ministry's code. */
export const competencyName = (code: string): string => (isCompetency(code) ? COMPETENCY_WORDS[code]() : code);

/** How long a course takes, in minutes, as its publisher says or as its learning hours do; 0 when nobody says. */
export const minutesOf = ({ minutes, learningHours }: Pick<Course, 'minutes' | 'learningHours'>): number =>
  minutes ?? learningHours * HOUR_OF_LEARNING;

/** "45 menit", "2 jam"; empty when the publisher does not say, as learning hours say it then. */
export function lengthWords({ minutes = 0 }: Pick<Course, 'minutes'>): string {
  const whole = Math.round(minutes);
  if (whole < 1) return '';
  return whole < 120 ? m.find_minutes({ count: number(whole) }) : m.find_hours({ count: number(whole / 60, 1) });
}

/** "2 JP"; empty when none are credited. */
export const creditWords = ({ learningHours }: Pick<Course, 'learningHours'>): string =>
  learningHours > 0 ? m.course_hours({ hours: number(learningHours, 1) }) : '';

/**
 * What one wants to know before opening it, in one line.
 * @param bytes what taking it along moves, when it is known better than by its publisher
 */
export const factsLine = (course: Course, bytes = course.size): string =>
  [KIND_WORDS[course.kind](), creditWords(course), lengthWords(course), size(bytes)].filter(Boolean).join(' · ');

/** Name of a language in the language on the screen. */
export function languageName(tag: string): string {
  const name = new Intl.DisplayNames([getLocale()], { type: 'language', fallback: 'code' }).of(tag) ?? tag;
  return name.charAt(0).toUpperCase() + name.slice(1);
}
