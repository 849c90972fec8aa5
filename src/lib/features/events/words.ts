import type { LearningEvent } from '$lib/domain/documents/event';
import { m } from '$lib/paraglide/messages';

export const EVENT_WORDS: Record<LearningEvent['kind'], () => string> = {
  webinar: m.event_kind_webinar,
  seminar: m.event_kind_seminar,
  workshop: m.event_kind_workshop,
  training: m.event_kind_training,
  ceremony: m.event_kind_ceremony
};
