import type { ReactionKind } from '$lib/domain/documents/reaction';
import type { Topic } from '$lib/domain/documents/post';
import { m } from '$lib/paraglide/messages';

export const TOPIC_WORDS: Record<Topic, () => string> = {
  berita: m.feed_topic_news,
  pembelajaran: m.feed_topic_learning,
  layanan: m.feed_topic_service,
  kesehatan: m.feed_topic_health,
  pendidikan: m.feed_topic_education,
  pengumuman: m.feed_topic_notice,
  cerita: m.feed_topic_story
};

export const REACTION_WORDS: Record<ReactionKind, () => string> = {
  suka: m.feed_react_like,
  'terima-kasih': m.feed_react_thanks,
  bermanfaat: m.feed_react_useful
};
