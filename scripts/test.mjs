/** `npm test`: sets up, then every kind of test, the fastest first. Ends with one line, `N passed, N failed`. */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run, setUp, top } from './setup.mjs';

const { sources } = setUp();

const bin = name => join(top, 'node_modules', '.bin', name);
const tally = { passed: 0, failed: 0 };
const count = ok => (ok ? tally.passed++ : tally.failed++);

/** A tool that only passes or fails. */
function step(title, command, args) {
  console.log(`\n${title}`);
  const ok = run(command, args) === 0;
  count(ok);
  if (!ok) console.log(`${title}: failed`);
}

/** A folder of tests; a runner that dies without a report is a failure too. */
function suite(title, ...folders) {
  console.log(`\n${title}`);
  const report = join(top, 'out', `tests-${title.replace(/\W+/g, '-')}.json`);
  mkdirSync(join(top, 'out'), { recursive: true });
  rmSync(report, { force: true });
  // A test that never ends is a failure, not a wait.
  const status = run(bin('vitest'), ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...folders], {
    timeout: 20 * 60_000,
  });
  try {
    const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
    tally.passed += numPassedTests;
    tally.failed += Math.max(numFailedTests, status === 0 ? 0 : numFailedTestSuites, status === 0 ? 0 : 1);
    if (numPassedTests + numFailedTests === 0) count(false);
  } catch {
    count(false);
  }
}

// Tests that read the libraries' sources leave themselves out where there are none; a check that must not miss them says so.
if (!sources && process.env.CI) {
  console.log('The libraries’ sources could not be fetched: what compares with them cannot be tested.');
  count(false);
}

step('Style and layout', bin('biome'), ['check', '--error-on-warnings', '.']);
step('Types, and the direction of imports', bin('tsc'), ['-b']);
suite('unit', 'tests/unit');
suite('parity', 'tests/parity');
suite('language server', 'tests/lsp');
suite('fuzz', 'tests/fuzz');
suite('editor', 'tests/editor');

console.log(`\n${tally.passed} passed, ${tally.failed} failed`);
process.exitCode = tally.failed ? 1 : 0;
