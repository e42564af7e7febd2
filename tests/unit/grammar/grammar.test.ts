/** The injected grammars over a small Python of the tests' own: tokens as recorded in config.py.snap. Record anew with `-u` as in the command below. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';

const fixture = 'tests/unit/grammar/config.py';

test('tokens are as recorded', () => {
  // Without a record the tool would write one and call it a success.
  expect(existsSync(`${fixture}.snap`)).toBe(true);
  const done = spawnSync(
    process.execPath,
    [
      'node_modules/vscode-tmgrammar-test/dist/snapshot.js',
      '-g',
      'tests/unit/grammar/python.tmLanguage.json',
      '-s',
      'source.python',
      fixture,
    ],
    { encoding: 'utf8' },
  );
  expect(done.status, done.stdout + done.stderr).toBe(0);
});
