import { CATALOGUE } from '../../../src/lib/domain/databases.ts';
import { courseChannel, isCourseChannel } from '../../../src/lib/domain/course-channel.ts';
import type { ChannelLink } from '../../../src/lib/domain/documents/record.ts';
import type { Couch } from '../../couch/types.ts';
import { openDatabase, type Stored } from '../../registry/database.ts';
import type { Registry } from '../../registry/types.ts';
import type { Begun } from './begun.ts';

/** Most channels of courses that a person belongs to: `/sync` follows 200 databases, and who begins a hundred courses talks in few. */
const MOST = 50;

/** Longest title of a channel. */
const TITLE = 200;

const linkOf = (course: Stored): ChannelLink => ({
  id: typeof course.channel === 'string' ? course.channel : courseChannel(course._id),
  title: String(course.title).slice(0, TITLE),
  kind: 'community'
});

/** What she belongs to with these courses' channels as the newest; those begun longest ago go when there are too many. */
export function withCourses(before: ChannelLink[], courses: ChannelLink[]): ChannelLink[] {
  const added = courses.filter(({ id }) => !before.some((known) => known.id === id));
  if (added.length === 0) return before;
  const all = [...before.filter(({ id }) => isCourseChannel(id)), ...added];
  return [...before.filter(({ id }) => !isCourseChannel(id)), ...all.slice(-MOST)];
}

/**
 * Makes those who have begun a course members of its channel, in the registry first and then in their own membership,
 * which their devices follow. A course that is not in the catalogue has no channel.
 */
export async function joinChannels(couch: Couch, registry: Registry, notes: readonly Begun[]): Promise<void> {
  const ids = [...new Set(notes.flatMap(({ course }) => course ?? []))];
  const courses = await openDatabase(couch, 'courier', CATALOGUE).byIds(ids);
  for (const [person, hers] of Map.groupBy(notes, (note) => note.person)) {
    const links = hers.flatMap(({ course }) => {
      const found = course === undefined ? undefined : courses.get(course);
      return found ? [linkOf(found)] : [];
    });
    const member = await registry.changeChannels(person, (before) => withCourses(before, links));
    if (member && links.length > 0) await registry.openPersonDatabase(member);
  }
}
