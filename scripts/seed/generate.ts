import { mkdirSync, writeFileSync } from 'node:fs';
import { compose } from './compose.ts';
import { readRegions } from './regions.ts';

/** Writes the demonstration data; courses stand beside it as they were written. */
const FOLDER = new URL('../../server/seed/data/', import.meta.url);

try {
  mkdirSync(FOLDER, { recursive: true });
  for (const [name, text] of Object.entries(compose(readRegions()))) {
    writeFileSync(new URL(name, FOLDER), text);
    console.log(`${name}: ${text.split('\n').length - 1} lines`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
