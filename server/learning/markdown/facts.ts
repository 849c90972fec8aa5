import type { ImportedCourse } from '../types.ts';
import { directionOf, languageOf, oneLine, paragraphs } from '../text.ts';
import type { FrontMatter } from './front-matter.ts';

type Facts = Omit<ImportedCourse['course'], 'chapters' | 'size' | 'cover' | 'modules'>;

/** What the front matter says of a course, as its document says it. */
export function factsOf(facts: FrontMatter, title: string): Facts {
  const language = languageOf(facts.language, 'id');
  return {
    title,
    summary: paragraphs(facts.summary ?? '', 2_000),
    language,
    direction: directionOf(language),
    kind: facts.kind ?? 'course',
    ...(facts.level && { level: facts.level }),
    ...(facts.minutes !== undefined && { minutes: facts.minutes }),
    ...(facts.competencies && {
      competencies: Object.entries(facts.competencies).map(([code, level]) => ({ code, level }))
    }),
    ...(facts.topics && { topics: facts.topics.map((topic) => oneLine(topic, 60)).filter(Boolean) }),
    ...(facts.hours !== undefined && { learningHours: facts.hours }),
    ...(facts.publisher && { publisher: oneLine(facts.publisher, 200) }),
    ...(facts.study && { study: facts.study }),
    ...(facts.source && { source: paragraphs(facts.source, 500) })
  };
}
