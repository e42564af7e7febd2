/**
 * The panel "Network" in a real VS Code, of configs that no editor holds: from the explorer's menu and the palette, following the disk, at another size, typed into
 * and compared with another that is not open. Pictures in out/editor.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { RESNET } from '../resnet-config.ts';
import { installEditor } from './install.mjs';
import { packaged } from './packaged.ts';
import { leaveWorkbench, openWorkbench, type Workbench } from './workbench.ts';

const FILE = 'yolov5_s_resnet50.py';
const OTHER = 'yolov5_s_resnet18.py';
let workbench: Workbench;
const write = (name: string, text: string): void =>
  writeFileSync(join(workbench.workspace, 'configs', name), text.replace("_base_ = '", "_base_ = '../"));

beforeAll(async () => {
  installEditor();
  workbench = await openWorkbench(await packaged(), 'configs', 'out/editor');
  mkdirSync(join(workbench.workspace, 'configs'));
  write(FILE, RESNET);
  write(OTHER, RESNET.replace('depth=50', 'depth=18'));
}, 600_000);
afterEach(({ task }) => leaveWorkbench(workbench, task));
afterAll(() => workbench?.close());

/** Of the lists that ask for a file. */
const chooses = async (title: string, name: string): Promise<void> => {
  const { page } = workbench;
  const asks = page.locator('.quick-input-widget', { hasText: title });
  await asks.waitFor();
  await asks.locator('input.input').fill(name);
  await asks.locator('.monaco-list-row', { hasText: name }).first().click();
};

test('from the palette, where no editor is open: a pick of the workspace’s configs', async () => {
  const { page, preview: panel, command, screenshot } = workbench;
  // The extension is awake from here on, for the folder's sake.
  await page.locator('.statusbar-item', { hasText: 'Necktie' }).waitFor({ timeout: 60_000 });
  await command('Necktie: Show Network');
  await page.locator('.quick-input-widget .monaco-list-row', { hasText: FILE }).waitFor({ timeout: 20_000 });
  // A list of boxes is no config.
  expect(await page.locator('.quick-input-widget .monaco-list-row', { hasText: '.json' }).count()).toBe(0);
  await screenshot('network-pick');
  await chooses('Show Network', OTHER);
  await page.locator('.tab.active', { hasText: 'Network: yolov5_s_resnet18' }).waitFor();
  await panel.locator('.graph', { hasText: 'depth 18' }).waitFor({ timeout: 120_000 });
  expect(await page.locator('.tab').count()).toBe(1);
  await screenshot('network-unopened');
  await page.locator('.tab.active .codicon-close').click();
  await page.locator('.tab').waitFor({ state: 'detached' });
}, 240_000);

test('from the explorer’s menu; what is written on the disk is followed', async () => {
  const { page, preview: panel, screenshot } = workbench;
  const row = (name: string) => page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).first();
  await row('configs').click();
  await row(FILE).click({ button: 'right' });
  const menu = page.locator('.monaco-menu').first();
  const wanted = menu.locator('.action-item', { hasText: /^Show Network/ }).first();
  await wanted.waitFor();
  await screenshot('network-explorer-menu');
  // In its first tenth of a second a menu takes no click.
  await expect
    .poll(
      async () => {
        await wanted.click({ timeout: 1000 }).catch(() => undefined);
        return menu.isVisible();
      },
      { timeout: 20_000 },
    )
    .toBe(false);
  await page.locator('.tab.active', { hasText: 'Network: yolov5_s_resnet50' }).waitFor();
  await panel.locator('.lead', { hasText: '3 levels do not fit' }).waitFor({ timeout: 120_000 });
  write(FILE, RESNET.replace('depth=50', 'depth=101'));
  await panel.locator('.graph', { hasText: 'depth 101' }).waitFor({ timeout: 60_000 });
  expect(await page.locator('.tab').count()).toBe(1);
}, 240_000);

test('another size of the picture, and back', async () => {
  const { preview: panel, screenshot } = workbench;
  await panel.locator('#input-width').fill('416');
  await panel.locator('#input-width').press('Tab');
  await panel.locator('#input-height').fill('320');
  await panel.locator('#input-height').press('Enter');
  await panel.locator('.graph', { hasText: '40 × 52' }).waitFor({ timeout: 60_000 });
  await screenshot('network-size');
  await panel.getByRole('button', { name: 'Own size' }).click();
  await panel.locator('.graph', { hasText: '80 × 80' }).waitFor({ timeout: 60_000 });
}, 120_000);

test('compared with another that is not open either, and followed', async () => {
  const { page, preview: panel, command, screenshot } = workbench;
  await panel.locator('.filter').click();
  await command('Necktie: Compare Networks…');
  await chooses(`Compare ${FILE} With`, OTHER);
  await panel.locator('.compare tbody tr').nth(3).waitFor({ timeout: 60_000 });
  const first = panel.locator('.compare tbody tr').first();
  await expect.poll(() => first.textContent()).toContain('depth 18');
  write(OTHER, RESNET.replace('depth=50', 'depth=34'));
  await expect.poll(() => first.textContent(), { timeout: 60_000 }).toContain('depth 34');
  expect(await page.locator('.tab').count()).toBe(1);
  await screenshot('network-compare-unopened');
  await panel.getByRole('button', { name: 'End Comparison' }).click();
  await panel.locator('.compare').waitFor({ state: 'detached' });
}, 120_000);

test('what is typed counts, and no more when it was left unsaved', async () => {
  const { page, preview: panel, goTo, screenshot } = workbench;
  // Beside the panel.
  await panel.locator('[data-part="backbone"]').click({ position: { x: 20, y: 16 } });
  await page.locator('.monaco-editor.focused .view-line', { hasText: 'backbone' }).first().waitFor({ timeout: 20_000 });
  const lines = readFileSync(join(workbench.workspace, 'configs', FILE), 'utf8').split('\n');
  const at = lines.findIndex(line => line.includes('depth=101'));
  await goTo(at + 1, (lines[at] ?? '').indexOf('101') + 4);
  for (let typed = 0; typed < 3; typed += 1) await page.keyboard.press('Backspace');
  await page.keyboard.type('50');
  await panel.locator('.graph', { hasText: 'depth 50' }).waitFor({ timeout: 60_000 });
  await screenshot('network-typed');
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input.input').fill('>Revert and Close Editor');
  await page.keyboard.press('Enter');
  await panel.locator('.graph', { hasText: 'depth 101' }).waitFor({ timeout: 60_000 });
}, 180_000);
