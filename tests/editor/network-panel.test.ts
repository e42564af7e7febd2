/** The panel "Network" in a real VS Code: opened by its command, right while one types, a fix that is pressed, a click that leads to the config, two configs compared. Pictures in out/editor. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { RESNET } from '../resnet-config.ts';
import { installEditor } from './install.mjs';
import { packaged } from './packaged.ts';
import { leaveWorkbench, openWorkbench, type Workbench } from './workbench.ts';

const FILE = 'yolov5_s_resnet50.py';
let workbench: Workbench;

beforeAll(async () => {
  installEditor();
  workbench = await openWorkbench(await packaged(), 'configs', 'out/editor');
  writeFileSync(join(workbench.workspace, FILE), RESNET);
}, 600_000);
afterEach(({ task }) => leaveWorkbench(workbench, task));
afterAll(() => workbench?.close());

test('beside the config: what does not fit is red, and its fix makes it right', async () => {
  const { page, preview: panel, openFile, command, screenshot } = workbench;
  await openFile(FILE);
  await page.keyboard.press('Control+B');
  // Wide enough for columns beside the config.
  await page.setViewportSize({ width: 1720, height: 1000 });
  await command('Necktie: Show Network');
  await page.locator('.tab', { hasText: 'Network: yolov5_s_resnet50' }).waitFor();
  await panel.locator('.lead', { hasText: '3 levels do not fit' }).waitFor({ timeout: 120_000 });
  await panel.locator('.problems .button').first().waitFor({ timeout: 60_000 });
  await screenshot('network-mismatch');
  await panel.locator('.problems .button').first().click();
  await panel.locator('.lead', { hasText: 'every level fits' }).waitFor({ timeout: 60_000 });
  expect(await panel.locator('.problems').count()).toBe(0);
  await page.locator('.view-line', { hasText: 'widen_factor' }).first().waitFor();
  await screenshot('network-right');
}, 240_000);

test('a part leads to where the config writes it; the tree to a class', async () => {
  const { page, preview: panel } = workbench;
  await panel.locator('[data-part="backbone"]').click({ position: { x: 20, y: 16 } });
  await page.locator('.monaco-editor.focused .view-line', { hasText: 'backbone' }).first().waitFor({ timeout: 20_000 });
  await panel.locator('[data-path="neck"]').click({ position: { x: 300, y: 8 } });
  await page.keyboard.press('Enter');
  await page.locator('.tab.active', { hasText: 'yolov5_pafpn.py' }).waitFor({ timeout: 20_000 });
  await page.locator('.tab', { hasText: FILE }).first().click();
}, 120_000);

test('follows what is typed, keeps what is open in the tree', async () => {
  const { page, preview: panel, goTo } = workbench;
  await panel.locator('[data-path="backbone.layer4"] b').click();
  await panel.locator('[data-path="backbone.layer4.0"]').waitFor();
  const before = await panel.locator('.lead').textContent();
  await page.locator('.tab', { hasText: FILE }).first().click();
  const at = RESNET.split('\n').findIndex(line => line.includes('depth=50'));
  await goTo(at + 1, RESNET.split('\n')[at]!.length);
  for (let typed = 0; typed < 2; typed += 1) await page.keyboard.press('Backspace');
  await page.keyboard.type('101');
  await panel.locator('.graph', { hasText: 'depth 101' }).waitFor({ timeout: 60_000 });
  expect(await panel.locator('.lead').textContent()).not.toBe(before);
  expect(await panel.locator('[data-path="backbone.layer4.0"]').count()).toBe(1);
}, 120_000);

test('is compared with another config, part by part', async () => {
  const { page, preview: panel, command, screenshot } = workbench;
  await panel.locator('.filter').click();
  await command('Necktie: Compare Networks…');
  await page.locator('.quick-input-widget input.input').fill('yolov5_s-v61_syncbn_8xb16-300e_coco.py');
  await page.locator('.quick-input-widget .monaco-list-row.focused', { hasText: 'yolov5_s-v61_syncbn_8xb16-300e_coco.py' }).waitFor();
  await page.keyboard.press('Enter');
  await panel.locator('.compare tbody tr').nth(3).waitFor({ timeout: 60_000 });
  expect(await panel.locator('.compare tbody tr').first().textContent()).toContain('YOLOv5CSPDarknet → mmdet.ResNet, depth 101');
  await screenshot('network-compare');
}, 120_000);
