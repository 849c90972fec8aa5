import { CATALOGUE, REGISTRY } from '../../src/lib/domain/databases.ts';
import type { Couch } from '../couch/types.ts';
import { recount, takesOf, type Takes } from '../learning/takers/count.ts';
import { openDatabase } from '../registry/database.ts';
import { DEMO_ACCOUNTS } from './accounts.ts';
import type { DemoPerson } from './persons.ts';
import { stableChance } from './stable.ts';

/** How many persons of a unit take its best liked course, and how much fewer the next one, as shares. */
const MOST = 0.9;
const LESS = 0.12;

/** What somebody takes: some courses are liked in her unit, the others by few. */
function coursesOf({ row }: DemoPerson, courses: readonly string[]): string[] {
  const liked = courses.toSorted((a, b) => stableChance(`${row.unit} ${a}`) - stableChance(`${row.unit} ${b}`));
  return liked.filter((course, rank) => stableChance(`takes ${row.key} ${course}`) < MOST - rank * LESS).sort();
}

/** Lets the persons of the demonstration who never sign in take courses, and tells their units how many do. */
export async function loadTakers(couch: Couch, persons: Iterable<DemoPerson>, base: number): Promise<void> {
  const published = await openDatabase(couch, 'courier', CATALOGUE).byPrefix('course:');
  const courses = published.map(({ _id }) => _id);
  const accounts = new Set(DEMO_ACCOUNTS.map(({ personKey }) => personKey));
  const registry = openDatabase(couch, 'courier', REGISTRY);
  const units = new Set<string>();
  const takes: Takes[] = [];
  for (const demo of persons) {
    const unit = demo.person.channels.find(({ kind }) => kind === 'unit')?.id;
    if (unit === undefined || accounts.has(demo.row.key)) continue;
    units.add(unit);
    takes.push(takesOf(unit, demo.person.id, coursesOf(demo, courses)));
  }
  const present = await registry.byIds(takes.map(({ _id }) => _id));
  await registry.bulk(takes.filter(({ _id }) => !present.has(_id)));
  for (const unit of units) await recount(couch, unit, new Date(base).toISOString());
}
