import './lib/bootstrap.js';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureChromium } from './lib/chromium.js';
import { BUILD_STEPS, STATIC_STEPS, playwright, step, vitest } from './lib/steps.js';

const reports = mkdtempSync(path.join(os.tmpdir(), 'smartasn-test-'));
let passed = 0;
let failed = 0;

const count = (good, bad) => {
  passed += good;
  failed += bad;
};

const chromium = ensureChromium();
for (const [name, args] of [...STATIC_STEPS, ...BUILD_STEPS]) count(...(step(name, args) ? [1, 0] : [0, 1]));

const unitReport = path.join(reports, 'vitest.json');
const suites = step(
  'unit, contract and fault tests',
  vitest('--reporter', 'default', '--reporter', 'json', '--outputFile.json', unitReport)
);
countVitest(unitReport, suites);

const browserReport = path.join(reports, 'playwright.json');
const browser = step('tests in the browser', playwright('--reporter', 'list,json'), {
  PLAYWRIGHT_JSON_OUTPUT_NAME: browserReport,
  ...(chromium ? { CHROMIUM_PATH: chromium } : {})
});
countPlaywright(browserReport, browser);

rmSync(reports, { recursive: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);

function countVitest(file, ok) {
  const result = read(file);
  count(result?.numPassedTests ?? 0, Math.max(result?.numFailedTests ?? 0, ok ? 0 : 1));
}

function countPlaywright(file, ok) {
  const stats = read(file)?.stats;
  count(stats?.expected ?? 0, Math.max((stats?.unexpected ?? 0) + (stats?.flaky ?? 0), ok ? 0 : 1));
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
