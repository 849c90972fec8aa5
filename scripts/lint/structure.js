import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const LONGEST = 300;
const MEAN = 120;
const FORBIDDEN =
  /@ts-(ignore|nocheck|expect-error)|eslint-disable|svelte-ignore|\bTO[D]O\b|\bFIX[M]E\b|\.(skip|only|todo|fixme)\(|waitForTimeout\(/;

const files = execFileSync(
  'git',
  ['ls-files', '-co', '--exclude-standard', '--', '*.ts', '*.js', '*.svelte', '*.css'],
  { encoding: 'utf8' }
)
  .split('\n')
  .filter((file) => file && existsSync(file) && !file.includes('/fixtures/'));

let total = 0;
const faults = [];
for (const file of files) {
  const text = readFileSync(file, 'utf8');
  const lines = text.split('\n').length - 1;
  total += lines;
  if (lines > LONGEST) faults.push(`${file}: ${lines} lines, more than ${LONGEST}`);
  text.split('\n').forEach((line, index) => {
    if (FORBIDDEN.test(line) && file !== 'scripts/lint/structure.js')
      faults.push(`${file}:${index + 1}: ${line.trim()}`);
  });
}
const mean = total / files.length;
if (mean > MEAN) faults.push(`files have ${mean.toFixed(0)} lines on average, more than ${MEAN}`);
console.log(`${files.length} files, ${mean.toFixed(0)} lines on average`);
for (const fault of faults) console.error(fault);
process.exit(faults.length ? 1 : 0);
