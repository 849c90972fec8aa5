import { readFileSync } from 'node:fs';

const read = (locale) => JSON.parse(readFileSync(`messages/${locale}.json`, 'utf8'));
const id = read('id');
const en = read('en');
const faults = [
  ...Object.keys(id)
    .filter((key) => !(key in en))
    .map((key) => `en.json lacks ${key}`),
  ...Object.keys(en)
    .filter((key) => !(key in id))
    .map((key) => `id.json lacks ${key}`)
];
for (const fault of faults) console.error(fault);
process.exit(faults.length ? 1 : 0);
