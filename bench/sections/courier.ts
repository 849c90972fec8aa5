import { setTimeout as pause } from 'node:timers/promises';
import { each, openCourierStage, type CourierStage } from '../courier/stage.ts';
import { atLeast, atMost, type Measure } from '../section.ts';
import { median } from '../statistics.ts';

/** Persons who write in the measurements of deliveries per second. */
const AUTHORS = 500;

/** Single posts offered each second: more than the goal, less than would only measure the waiting line. */
const OFFERED = 650;

/** Turns that warm up, before any counts: the database of few persons has compiled little while they were made. */
const WARM = 300;

/** Deliveries per second when the courier starts and finds posts of everyone. */
async function backlog(stage: CourierStage, postsEach: number): Promise<number> {
  const posts = stage.persons.length * postsEach;
  const delivered = await stage.expect(posts);
  await each(stage.persons, async (person) => void (await stage.write(person, postsEach)));
  const start = performance.now();
  const courier = await stage.start();
  await delivered();
  const seconds = (performance.now() - start) / 1_000;
  await courier.stop();
  return posts / seconds;
}

/** Deliveries per second while single posts of everyone keep arriving. */
async function steady(stage: CourierStage, seconds: number): Promise<number> {
  const posts = OFFERED * seconds;
  const delivered = await stage.expect(posts);
  const courier = await stage.start();
  const start = performance.now();
  const writes: Promise<unknown>[] = [];
  while (writes.length < posts) {
    const due = Math.min(posts, Math.ceil(((performance.now() - start) / 1_000) * OFFERED));
    while (writes.length < due) {
      const person = stage.persons[writes.length % stage.persons.length];
      if (person) writes.push(stage.write(person, 1));
    }
    await pause(5);
  }
  await Promise.all(writes);
  await delivered();
  const rate = posts / ((performance.now() - start) / 1_000);
  await courier.stop();
  return rate;
}

/** Milliseconds from the stored post to its receipt; from turn to turn the authors spread over all persons. */
async function single(stage: CourierStage, turn: number): Promise<number> {
  const person = stage.persons[Math.floor(((turn * 0.618_034) % 1) * stage.persons.length)];
  if (!person) throw new Error('The stage has no persons.');
  // From her beginning, persons with much would be slower to look at.
  const since = await stage.place(person);
  const [id = ''] = await stage.write(person, 1);
  const start = performance.now();
  await stage.answered(person, id, since);
  return performance.now() - start;
}

/** Median cost of one delivery for each number of persons, one in each stage by turns, so that what else the machine does falls on all alike. */
async function costs(stages: CourierStage[], turns: number): Promise<number[]> {
  const couriers = await Promise.all(stages.map((stage) => stage.start()));
  const times = stages.map((): number[] => []);
  for (let turn = -WARM; turn < turns; turn += 1) {
    for (const [index, stage] of stages.entries()) {
      const taken = await single(stage, turn + WARM);
      if (turn >= 0) times[index]?.push(taken);
    }
  }
  await Promise.all(couriers.map((courier) => courier.stop()));
  return times.map(median);
}

/** P12: how much the courier delivers, and what one delivery costs as persons grow. */
export const measure: Measure = async ({ quick, say }) => {
  const sizes = quick ? [10, 1_000] : [10, 1_000, 10_000];
  const rounds = quick ? 1 : 3;
  const stages: CourierStage[] = [];
  const open = async (persons: number): Promise<CourierStage> => {
    const start = performance.now();
    const stage = await openCourierStage(persons);
    stages.push(stage);
    say(`courier: ${persons} persons made in ${((performance.now() - start) / 1_000).toFixed(1)} s`);
    return stage;
  };
  try {
    const authors = await open(AUTHORS);
    const backlogs: number[] = [];
    const steadies: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      backlogs.push(await backlog(authors, quick ? 6 : 20));
      steadies.push(await steady(authors, quick ? 4 : 10));
      say(`courier: backlog ${backlogs.at(-1)?.toFixed(0)}/s, arriving ${steadies.at(-1)?.toFixed(0)}/s`);
    }
    const towns: CourierStage[] = [];
    for (const size of sizes) towns.push(await open(size));
    const cost = await costs(towns, quick ? 150 : 500);
    const faults = stages.flatMap((stage) => stage.faults);
    if (faults.length > 0) throw new Error(faults.join('\n'));
    return {
      name: 'courier',
      goals: [
        atLeast('P12 deliveries per second, backlog', median(backlogs), 500),
        atLeast(`P12 deliveries per second, ${OFFERED} single posts arriving each second`, median(steadies), 500),
        atMost('P12 cost of one delivery as persons grow, max ÷ min', Math.max(...cost) / Math.min(...cost), 1.1)
      ],
      table: sizes.map((persons, index) => ({ persons, 'one delivery, ms': Number(cost[index]?.toFixed(2)) })),
      data: { backlogs, steadies, sizes, cost }
    };
  } finally {
    await Promise.all(stages.map((stage) => stage.close()));
  }
};
