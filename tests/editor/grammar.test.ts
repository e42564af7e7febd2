/** The injected grammars over the editor's own Python grammar, as code-server ships it: tokens as recorded in grammar/config.py.snap. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { editor, installEditor } from './install.mjs';

const fixture = 'tests/editor/grammar/config.py';

beforeAll(() => installEditor(), 600_000);

test('tokens are as recorded', () => {
  const shipped = join(editor.folder, 'node_modules', 'code-server', 'lib', 'vscode', 'extensions', 'python', 'syntaxes');
  const grammars = ['MagicPython', 'MagicRegExp'].flatMap(name => ['-g', join(shipped, `${name}.tmLanguage.json`)]);
  // Without a record the tool would write one and call it a success.
  expect(existsSync(`${fixture}.snap`)).toBe(true);
  const done = spawnSync(
    process.execPath,
    ['node_modules/vscode-tmgrammar-test/dist/snapshot.js', ...grammars, '-s', 'source.python', fixture],
    { encoding: 'utf8' },
  );
  expect(done.status, done.stdout + done.stderr).toBe(0);
});
