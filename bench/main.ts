import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { CHROMIUM } from '../tests/support/chromium.ts';
import type { Measure, Section } from './section.ts';
import { measure as courier } from './sections/courier.ts';
import { measure as device } from './sections/device.ts';
import { measure as firstSync } from './sections/first-sync.ts';
import { measure as gateway } from './sections/gateway.ts';
import { measure as narrow } from './sections/narrow.ts';
import { measure as privateLane } from './sections/private-lane.ts';

/**
 * The numbers of GOALS.md, with the peers beside this project in one Chromium: `npm run bench [-- --quick] [-- --only
 * first-sync]`. Prints tables, keeps every measurement in bench/results/, exits 1 when a ratio, a count or a size is missed.
 */
const SECTIONS: Record<string, Measure> = {
  'first-sync': firstSync,
  narrow,
  device,
  'private-lane': privateLane,
  gateway,
  courier
};

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string', multiple: true } }
});
const chosen = values.only ?? Object.keys(SECTIONS);
const unknown = chosen.filter((name) => !SECTIONS[name]);
if (unknown.length) throw new Error(`no section ${unknown.join(', ')}; there are ${Object.keys(SECTIONS).join(', ')}`);

const say = (line: string) => console.log(`  ${line}`);
const browser = await chromium.launch(CHROMIUM);
const sections: Section[] = [];
try {
  for (const name of chosen) {
    console.log(name);
    const section = await SECTIONS[name]?.({ quick: values.quick, browser, say });
    if (section) sections.push(section);
  }
} finally {
  await browser.close();
}
for (const { name, table } of sections) {
  if (!table) continue;
  console.log(`\n${name}`);
  console.table(table);
}
const goals = sections.flatMap((section) => section.goals);
console.table(goals.map((row) => ({ ...row, value: Number(row.value.toPrecision(3)) })));
await mkdir('bench/results', { recursive: true });
const kind = [values.quick ? 'quick' : 'full', ...(values.only ?? [])].join('-');
await writeFile(
  `bench/results/${kind}.json`,
  `${JSON.stringify({ at: new Date().toISOString(), sections }, undefined, 1)}\n`
);
process.exitCode = goals.every((row) => row.met || row.absolute) ? 0 : 1;
