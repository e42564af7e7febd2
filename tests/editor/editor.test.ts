/** The packaged extension in a real VS Code: the three things it is for, as a user sees them. What was on the screen is kept in out/editor. */
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { installEditor } from './install.mjs';
import { packaged } from './packaged.ts';
import { leaveWorkbench, openWorkbench, type Workbench } from './workbench.ts';

let workbench: Workbench;

beforeAll(async () => {
  installEditor();
  workbench = await openWorkbench(await packaged(), 'configs', 'out/editor');
}, 600_000);
afterEach(({ task }) => leaveWorkbench(workbench, task));
afterAll(() => workbench?.close());

test.each([
  // What is wrong is inherited: the nearest thing in this file is the neck that does not say otherwise.
  ['broken/resnet50_neck-channels.py', /neck\.in_channels.*512, 1024, 2048.*\[Ln 19, Col 5\]/],
  // The channels are right, the factor they are multiplied with is not.
  ['broken/resnet50_widen-factor.py', /widen_factor 0\.5.*512, 1024, 2048.*\[Ln 5, Col 16\]/],
])(
  'a squiggle stands under what does not fit, and Problems says which channels: %s',
  async (file, problem) => {
    const { page, row, openFile, screenshot } = workbench;
    await openFile(file);
    await page.locator('.editor-group-container.active .squiggly-error').first().waitFor({ timeout: 120_000 });
    if (!(await page.locator('.markers-panel').isVisible())) await page.keyboard.press('Control+Shift+M');
    await row('problems', problem).first().waitFor();
    await screenshot(`problems-${file.replace(/^.*_|\.py$/g, '')}`);
  },
  180_000,
);

test('the fix changes the number, and the squiggle goes', async () => {
  const { page, openFile, goTo, screenshot } = workbench;
  await openFile('broken/resnet50_widen-factor.py');
  await goTo(5, 17);
  await page.keyboard.press('Control+.');
  // The proven one comes first, and is what Enter takes.
  await page.locator('.action-widget .monaco-list-row.focused', { hasText: 'Change widen_factor to 1.0' }).waitFor({ timeout: 30_000 });
  await screenshot('fix');
  await page.keyboard.press('Enter');
  await page.locator('.view-line', { hasText: 'widen_factor = 1.0' }).waitFor();
  await page.locator('.editor-group-container.active .squiggly-error').waitFor({ state: 'detached', timeout: 60_000 });
}, 180_000);

test('completion in type= lists the registered backbones of the library whose prefix was typed', async () => {
  const { page, row, openFile, goTo, screenshot } = workbench;
  const file = 'yolov5_s-v61_syncbn_8xb16-300e_coco_mmdet-resnet50.py';
  await openFile(file);
  const lines = readFileSync(join(workbench.workspace, file), 'utf8').split('\n');
  const line = lines.findIndex(text => text.includes("type='mmdet.ResNet'"));
  const column = lines[line]!.indexOf('mmdet.ResNet') + 'mmdet.ResNet'.length;
  await goTo(line + 1, column + 1);
  for (let typed = 0; typed < 'Net'.length; typed += 1) await page.keyboard.press('Backspace');
  // The list that typing brought may just be closing.
  const listed = async (): Promise<boolean> => {
    await page.keyboard.press('Control+Space');
    return row('suggestions', 'mmdet.ResNet')
      .first()
      .waitFor({ timeout: 10_000 })
      .then(
        () => true,
        () => false,
      );
  };
  await expect.poll(listed, { timeout: 40_000 }).toBe(true);
  for (const name of ['mmdet.ResNeXt', 'mmdet.Res2Net']) await row('suggestions', name).first().waitFor();
  await screenshot('completion');
  await page.keyboard.press('Escape');
  await page.keyboard.type('Net');
}, 180_000);

test('the resolved config is shown as Python, leads back to where a line was written, and is compared with the base', async () => {
  const { page, openFile, command, screenshot } = workbench;
  const file = 'yolov5_s-v61_syncbn_8xb16-300e_coco_mmdet-resnet50.py';
  await openFile(file);
  await command('Necktie: Show Resolved Config');
  await page.locator('.tab.active', { hasText: '(resolved).py' }).waitFor();
  const line = page.locator('.editor-group-container.active .view-line', { hasText: /default_scope\s=\s'mmyolo'/ });
  await line.first().waitFor({ timeout: 30_000 });
  await screenshot('resolved');

  // Asked for beside the config or beside what it resolves to, it is the same.
  await command('Necktie: Compare With Base');
  await page.locator('.tab.active', { hasText: 'base ↔ resolved' }).waitFor();
  await page.locator('.monaco-diff-editor .char-insert, .monaco-diff-editor .line-insert').first().waitFor({ timeout: 30_000 });
  await screenshot('compared');

  await page.locator('.tab', { hasText: '(resolved).py' }).first().click();
  await line.first().click();
  await page.keyboard.press('F12');
  await page.locator('.tab.active', { hasText: 'default_runtime.py' }).waitFor({ timeout: 30_000 });
}, 180_000);

test('Replace Backbone lists what fits, measures it, and writes a config that has run', async () => {
  const { page, openFile, command, screenshot } = workbench;
  const written = join(workbench.workspace, 'yolov5_s-v61_syncbn_8xb16-300e_coco_resnet18.py');
  await openFile('yolov5_s-v61_syncbn_8xb16-300e_coco.py');
  await command('Necktie: Replace Backbone…');
  const list = page.locator('.quick-input-widget');
  await list.getByPlaceholder(/its neck takes levels at the strides 8\/16\/32/).waitFor({ timeout: 120_000 });
  await page.keyboard.type('timm/resnet18');
  // The one that is looked at was run alone.
  await list.locator('.monaco-list-row.focused', { hasText: /stages: 128\/256\/512.*11\.2 M/ }).waitFor({ timeout: 60_000 });
  await screenshot('replace-backbone');
  await page.keyboard.press('Enter');
  await list.locator('.monaco-list-row', { hasText: 'This Config' }).waitFor({ timeout: 60_000 });
  await screenshot('replace-backbone-where');
  await page.keyboard.press('Enter');
  await page.locator('.tab.active', { hasText: 'resnet18.py' }).waitFor({ timeout: 30_000 });
  await page.locator('.notification-toast', { hasText: 'Compare With Base' }).waitFor();
  await screenshot('replaced-backbone');
  expect(readFileSync(written, 'utf8')).toContain("model_name='resnet18'");
  await page.keyboard.press('Escape');
}, 300_000);

test('Replace Backbone shows what it would change in this config, and changes it when that is applied', async () => {
  const { page, openFile, command, screenshot } = workbench;
  await openFile('yolov5_s-v61_syncbn_8xb16-300e_coco_mmdet-resnet50.py');
  await command('Necktie: Replace Backbone…');
  const list = page.locator('.quick-input-widget');
  await list.getByPlaceholder(/its neck takes levels at the strides 8\/16\/32/).waitFor({ timeout: 120_000 });
  await page.keyboard.type('timm/resnet18');
  await list.locator('.monaco-list-row.focused', { hasText: /stages: 128\/256\/512/ }).waitFor({ timeout: 60_000 });
  await page.keyboard.press('Enter');
  await list.locator('.monaco-list-row', { hasText: 'This Config' }).click({ timeout: 60_000 });
  const looked = page.locator('.bulk-edit-panel');
  await looked.locator('.monaco-list-row').first().waitFor({ timeout: 30_000 });
  // What is not ticked is not made; the file's own box ticks them all.
  await looked.locator('input[type=checkbox]').first().check();
  await screenshot('replace-backbone-preview');
  await looked.getByRole('button', { name: 'Apply' }).click();
  await page
    .locator('.editor-group-container.active .view-line', { hasText: /model_name='resnet18'/ })
    .first()
    .waitFor({ timeout: 30_000 });
  await screenshot('replaced-backbone-here');
  await command('Revert File');
}, 300_000);

test('Run Detection draws boxes over the picture in a panel beside the config', async () => {
  const { page, preview, openFile, command, screenshot } = workbench;
  if (await page.locator('.part.panel').isVisible()) await page.keyboard.press('Control+J');
  await openFile('demo/shapes_yolov5_tiny.py');
  await command('Necktie: Run Detection');
  await preview.locator('.boxes tbody tr').first().waitFor({ timeout: 120_000 });
  expect(await page.locator('.tab', { hasText: 'Detection: shapes_yolov5_tiny' }).count()).toBe(1);

  // Another picture of the folder; the panel as wide as it gets beside the config.
  await page.keyboard.press('Control+B');
  await preview.locator('.film li', { hasText: 'meadow' }).click();
  await preview.locator('.lead', { hasText: /^7 boxes of/ }).waitFor({ timeout: 60_000 });
  expect(await preview.locator('.boxes tbody tr').first().textContent()).toMatch(/hexagon0\.97/);
  await expect.poll(() => drawnHexagons(workbench), { timeout: 30_000 }).toBeGreaterThan(100);
  await page.locator('.statusbar-item', { hasText: /Necktie: \w+/ }).waitFor();
  await screenshot('preview');
}, 180_000);

test('the validation set shows what was annotated, and figures lead to what is missed', async () => {
  const { page, preview, openFile, command, screenshot } = workbench;
  await openFile('demo/shapes_yolov5_tiny.py');
  await command('Necktie: Show Validation Set');
  await preview.locator('.lead', { hasText: /^\d+ of \d+ found/ }).waitFor({ timeout: 120_000 });
  await preview.locator('.film li', { hasText: '00002' }).click();
  await preview.locator('.lead', { hasText: /^6 of 8 found/ }).waitFor({ timeout: 60_000 });
  await preview.getByRole('button', { name: 'Evaluate' }).click();
  await preview.locator('.figures', { hasText: 'mAP 0.746' }).waitFor({ timeout: 120_000 });
  await screenshot('validation');
  await preview.getByRole('button', { name: /^triangle, AP/ }).click();
  await preview.getByRole('button', { name: 'All pictures' }).waitFor();
  expect(await preview.locator('.film li').count()).toBeLessThan(24);
  await preview.locator('.boxes tbody tr', { hasText: 'triangle, missed' }).first().waitFor({ timeout: 30_000 });
  await screenshot('misses');

  // After a reload the same pictures are there, and the last one.
  await preview.getByRole('button', { name: 'All pictures' }).click();
  await preview.locator('.film li', { hasText: '00007' }).click();
  await preview.locator('.bar', { hasText: '00007.jpg' }).waitFor({ timeout: 30_000 });
  await preview.locator('.boxes tbody tr').first().waitFor({ timeout: 30_000 });
  // The editor writes what it keeps in its own time, and tells nobody when.
  await page.waitForTimeout(1500);
  await page.reload();
  await preview.locator('.bar', { hasText: '00007.jpg' }).waitFor({ timeout: 120_000 });
  await preview.locator('.lead', { hasText: /^\d+ of \d+ found/ }).waitFor({ timeout: 120_000 });
}, 400_000);

test('a checkpoint of another network is told, with a guess at why and what to do', async () => {
  const { page, preview, openFile, command, screenshot, workspace } = workbench;
  cpSync('tests/data/weights/training.pth', join(workspace, 'demo/other.pth'));
  await openFile('demo/shapes_yolov5_tiny.py');
  await command('Necktie: Choose Checkpoint…');
  // The dialog writes its folder into the field when it has read it: until then nothing that is typed stays.
  const listed = page.locator('.quick-input-list .monaco-list-row', { hasText: 'other.pth' });
  await listed.waitFor();
  await listed.click();
  await preview.locator('h2', { hasText: 'other.pth is of another network' }).waitFor({ timeout: 120_000 });
  expect(await preview.locator('.page').textContent()).toMatch(/It has no tensor of this network.*Choose the checkpoint of this config/);
  await preview.getByRole('button', { name: 'Choose Checkpoint…' }).waitFor();
  await screenshot('other-network');
}, 240_000);

/** How many of the canvas's pixels have the colour of the class hexagon: only a drawn box has. */
function drawnHexagons({ preview }: Workbench): Promise<number> {
  return preview.locator('canvas').evaluate((canvas: Element) => {
    if (!(canvas instanceof HTMLCanvasElement)) throw new Error('No canvas.');
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    let count = 0;
    for (let at = 0; at < pixels.length; at += 4) if (pixels[at] === 0xff && pixels[at + 1] === 0xe9 && pixels[at + 2] === 0x5c) count += 1;
    return count;
  });
}
