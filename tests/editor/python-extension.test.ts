/** The packaged extension beside one that exports the Python extension's API: the libraries are those of the environment that is selected there, and follow when another is. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { installEditor } from './install.mjs';
import { packaged } from './packaged.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const ENVIRONMENTS = { one: '3.1.0', two: '3.2.0' };
let folder: string;
let workbench: Workbench;

beforeAll(async () => {
  installEditor();
  folder = mkdtempSync(join(tmpdir(), 'necktie-python-'));
  const source = join(folder, 'extension');
  cpSync('tests/editor/python-extension', source, { recursive: true });
  const vsix = join(folder, 'python.vsix');
  const vsce = resolve('node_modules/@vscode/vsce/vsce');
  execFileSync(process.execPath, [vsce, 'package', '--out', vsix, '--no-dependencies', '--allow-missing-repository', '--skip-license'], {
    cwd: source,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const workspace = join(folder, 'workspace');
  for (const [name, version] of Object.entries(ENVIRONMENTS)) {
    const packages = join(workspace, 'envs', name, 'lib', 'python3.11', 'site-packages');
    mkdirSync(join(packages, 'mmdet'), { recursive: true });
    writeFileSync(join(workspace, 'envs', name, 'pyvenv.cfg'), 'version = 3.11.4\n');
    writeFileSync(join(packages, 'mmdet', '__init__.py'), '');
    writeFileSync(join(packages, 'mmdet', 'version.py'), `__version__ = '${version}'\n`);
  }
  mkdirSync(join(workspace, 'configs'));
  writeFileSync(join(workspace, 'configs', 'a.py'), "default_scope = 'mmdet'\nmodel = dict(type='RetinaNet')\n");
  workbench = await openWorkbench(await packaged(), workspace, 'out/editor', {
    extensions: [vsix],
    settings: { 'necktie.sitePackages': [] },
  });
}, 600_000);
afterAll(async () => {
  await workbench?.close();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

test('the libraries are those of the selected environment, and follow when another is selected', async () => {
  const { openFile, command, screenshot } = workbench;
  await openFile('configs/a.py');
  await tells('envs/one', `mmdet ${ENVIRONMENTS.one}`);
  await screenshot('python-one');
  await command('Python Test: Select the Other Environment');
  await tells('envs/two', `mmdet ${ENVIRONMENTS.two}`);
  await screenshot('python-two');
  expect(await tooltip()).not.toContain(ENVIRONMENTS.one);
}, 240_000);

/** What the status item says when the mouse is over it. */
async function tooltip(): Promise<string> {
  const { page } = workbench;
  await page.mouse.move(700, 300);
  await page.locator('.statusbar-item', { hasText: 'Necktie' }).first().hover();
  const hover = page.locator('.monaco-hover:not(.hidden)', { hasText: /mmdet|Starting|bundled/ }).first();
  // Markdown's spaces do not break.
  return ((await hover.textContent({ timeout: 5000 }).catch(() => null)) ?? '').replace(/\s/g, ' ');
}
async function tells(...texts: readonly string[]): Promise<void> {
  const until = Date.now() + 90_000;
  let told = '';
  while (Date.now() < until) {
    told = await tooltip();
    if (texts.every(text => told.includes(text))) return;
    await workbench.page.waitForTimeout(500);
  }
  await workbench.screenshot('failed-python');
  expect(told).toContain(texts.join(' and '));
}
