import { suffixOf } from './ids.ts';

/**
 * Courses are talked about in channels of their own. Nothing is kept for a course that nobody talks about: its channel's
 * name follows from its id, and the database is made with the first post.
 */
const PREFIX = 'kursus-';

/** Characters of the course's UUID that name its channel: the last ones, which are random in every version. */
const LENGTH = 12;

/** The channel of a course, by the course's document id. */
export const courseChannel = (course: string): string => PREFIX + suffixOf(course).replaceAll('-', '').slice(-LENGTH);

/** Whether a channel is a course's, and so no part of what a person follows at work. */
export const isCourseChannel = (channel: string): boolean => channel.startsWith(PREFIX);
