/** The detection panel under a hand in a real VS Code: stopped, zoomed and moved, its picture saved and copied, two checkpoints beside each other. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { readCheckpoint } from '../../runtime/index.ts';
import { asSafetensors } from '../safetensors-file.ts';
import { installEditor } from './install.mjs';
import { packaged } from './packaged.ts';
import { leaveWorkbench, openWorkbench, type Workbench } from './workbench.ts';

let workbench: Workbench;
let runs: string;

beforeAll(async () => {
  installEditor();
  workbench = await openWorkbench(await packaged(), 'configs', 'out/editor');
  await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  runs = join(workbench.workspace, 'demo/work_dirs/shapes_yolov5_tiny');
  mkdirSync(runs, { recursive: true });
  const trained = readCheckpoint('configs/demo/shapes_yolov5_tiny.pth');
  // Less of a training: each number of the head's three last convolutions is smaller.
  writeFileSync(
    join(runs, 'epoch_12.safetensors'),
    asSafetensors(trained, (name, bytes) => (/convs_pred/.test(name) ? weaker(bytes) : bytes)),
  );
}, 600_000);
afterEach(({ task }) => leaveWorkbench(workbench, task));
afterAll(() => workbench?.close());

function weaker(bytes: Uint8Array): Uint8Array {
  const numbers = new Float32Array(bytes.slice().buffer);
  return new Uint8Array(numbers.map(n => n * 0.85).buffer);
}

/** What a dialog of the editor is given as a path. */
async function answerDialog(path: string): Promise<void> {
  // The palette that asked for it is the same widget without a title: it may still be closing.
  const titled = workbench.page.locator('.quick-input-title', { hasText: /\S/ });
  const input = workbench.page.locator('.quick-input-widget', { has: titled }).locator('input.input');
  // The dialog reads its folder and puts its own suggestion there: an answer from before is written over, and Enter would take the suggestion.
  await expect.poll(() => input.inputValue(), { timeout: 20_000 }).not.toBe('');
  await input.fill(path);
  const gone = async (): Promise<boolean> => {
    if (!(await input.isVisible())) return true;
    if ((await input.inputValue()) !== path) await input.fill(path);
    else await workbench.page.keyboard.press('Enter');
    return false;
  };
  await expect.poll(gone, { timeout: 30_000, interval: 700 }).toBe(true);
}

/** Of the stage, red, green and blue; in its own pixels. */
const colourAt = (x: number, y: number): Promise<readonly number[]> =>
  workbench.preview.locator('canvas').evaluate(
    (canvas: Element, [left, top]) => {
      if (!(canvas instanceof HTMLCanvasElement)) throw new Error('No canvas.');
      return [...(canvas.getContext('2d')?.getImageData(left, top, 1, 1).data ?? [])];
    },
    [Math.round(x), Math.round(y)] as const,
  );

test('Stop ends a run, what it was is told, and the next goes well', async () => {
  const { page, preview, openFile, command, screenshot } = workbench;
  await openFile('yolov5_s-v61_syncbn_8xb16-300e_coco.py');
  await command('Necktie: Run Detection');
  const stop = preview.getByRole('button', { name: 'Stop' });
  await stop.waitFor({ timeout: 120_000 });
  await stop.click();
  await preview.getByRole('heading', { name: 'Stopped' }).waitFor({ timeout: 60_000 });
  // The picture stays, and nothing turns any more.
  expect(await preview.locator('.progress').count()).toBe(0);
  expect(await preview.locator('canvas').count()).toBe(1);
  await screenshot('stopped');
  await page.keyboard.press('Control+1');
  await command('Necktie: Run Detection');
  await preview.locator('.lead', { hasText: /box(es)?/ }).waitFor({ timeout: 120_000 });
  expect(await preview.locator('.notice.warning').textContent()).toContain('Random weights');
  await screenshot('random-weights');
}, 400_000);

test('zoom by keys, by the wheel about the pointer, moved by a drag, and whole again', async () => {
  const { page, preview, openFile, command, screenshot } = workbench;
  await openFile('demo/shapes_yolov5_tiny.py');
  await command('Necktie: Run Detection');
  await preview.locator('.bar', { hasText: 'shapes_yolov5_tiny.pth' }).waitFor({ timeout: 120_000 });
  await preview.locator('.film li', { hasText: 'meadow' }).click();
  await preview.locator('.lead', { hasText: /^7 boxes of/ }).waitFor({ timeout: 120_000 });
  const stage = preview.locator('.stage');
  const shown = preview.locator('.bar button').last();
  expect(await shown.textContent()).toBe('Fit');
  await preview.locator('.lead').click();
  for (let times = 0; times < 4; times += 1) await page.keyboard.press('+');
  await expect.poll(() => shown.textContent()).toMatch(/^\d+%$/);
  const byKeys = Number.parseInt((await shown.textContent()) ?? '', 10);

  // What lies under the pointer stays there: the hexagon, left of the middle and below it, of which nothing would be left.
  await page.keyboard.press('0');
  await expect.poll(() => shown.textContent()).toBe('Fit');
  const area = await stage.boundingBox();
  if (!area) throw new Error('The panel has no stage.');
  const hexagon = [area.x + area.width * 0.27, area.y + area.height * 0.66] as const;
  const red = (): Promise<readonly number[]> => colourAt(hexagon[0] - area.x, hexagon[1] - area.y);
  const before = await red();
  await page.mouse.move(...hexagon);
  await page.keyboard.down('Control');
  for (let times = 0; times < 3; times += 1) await page.mouse.wheel(0, -120);
  await page.keyboard.up('Control');
  await expect.poll(async () => Number.parseInt((await shown.textContent()) ?? '', 10)).toBeGreaterThan(byKeys * 1.3);
  const after = await red();
  expect(before[0]).toBeGreaterThan(2 * (before[1] ?? 0));
  expect(after[0]).toBeGreaterThan(2 * (after[1] ?? 0));

  // Moved by a hand: each point is where it was taken to.
  const points = Array.from({ length: 12 }, (_, i) => [area.width * (0.3 + 0.03 * i), area.height * (0.35 + 0.02 * i)] as const);
  const seen = (dx: number, dy: number): Promise<readonly (readonly number[])[]> =>
    Promise.all(points.map(([x, y]) => colourAt(x + dx, y + dy)));
  const still = await seen(0, 0);
  expect(new Set(still.map(colour => colour.join())).size).toBeGreaterThan(4);
  await page.mouse.move(area.x + area.width / 2, area.y + area.height / 2);
  await page.mouse.down();
  await page.mouse.move(area.x + area.width / 2 + 40, area.y + area.height / 2 + 24, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => seen(40, 24)).toEqual(still);
  await screenshot('zoomed');
  await preview.locator('.lead').click();
  await page.keyboard.press('0');
  await expect.poll(() => shown.textContent()).toBe('Fit');
}, 240_000);

test('the picture is saved with its boxes, the boxes as COCO has them, and the picture copied', async () => {
  const { page, preview, workspace, command } = workbench;
  const picture = join(workspace, 'demo/images/saved.png');
  await preview.locator('.lead').click();
  await command('Necktie: Save Picture…');
  await answerDialog(picture);
  await expect.poll(() => existsSync(picture), { timeout: 20_000 }).toBe(true);
  await expect.poll(() => isWithBoxes(readFileSync(picture)), { timeout: 20_000 }).toBe(true);

  const boxes = join(workspace, 'demo/images/saved.json');
  await command('Necktie: Save Boxes as COCO JSON…');
  await answerDialog(boxes);
  await expect.poll(() => existsSync(boxes), { timeout: 20_000 }).toBe(true);
  const { annotations } = JSON.parse(readFileSync(boxes, 'utf8'));
  expect(annotations).toHaveLength(7);

  await preview.locator('.lead').click();
  await page.keyboard.press('Control+c');
  const told = preview.locator('[role=status]', { hasText: /copied/ });
  await told.waitFor({ state: 'attached', timeout: 20_000 });
  expect(await told.textContent()).toBe('Picture copied');
  // A page reads the clipboard where it has the focus.
  await page.locator('.part.statusbar').click();
  const copied = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const blob = await item?.getType('image/png');
    return [...new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer())];
  });
  expect(await isWithBoxes(Buffer.from(copied))).toBe(true);
}, 240_000);

/** The meadow in its own pixels, and a hexagon's edge on it, #ffe95c. */
async function isWithBoxes(png: Buffer): Promise<boolean> {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = 3 * (info.width * 300 + 72);
  return info.width === 640 && info.height === 480 && data.subarray(at, at + 3).toString('hex') === 'ffe95c';
}

test('two checkpoints on one picture: the slider between them by key and by hand, and back to one', async () => {
  const { page, preview, command, screenshot } = workbench;
  await command('Necktie: Compare Detections With…');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Another checkpoint' }).first().click();
  await answerDialog(join(runs, 'epoch_12.safetensors'));
  await preview.locator('.lead', { hasText: /^\d+ and \d+ boxes/ }).waitFor({ timeout: 120_000 });
  expect(await preview.locator('.boxes thead').textContent()).toMatch(/^classshapes_yolov5_tinyepoch_12change$/);
  const divider = preview.getByRole('slider', { name: 'Divider' });
  const names = async (): Promise<string> => (await divider.getAttribute('aria-valuetext')) ?? '';
  expect(await names()).toBe('50% shapes_yolov5_tiny, 50% epoch_12');
  await screenshot('two-checkpoints');
  await divider.focus();
  for (let times = 0; times < 20; times += 1) await page.keyboard.press('ArrowLeft');
  await expect.poll(names).toMatch(/^30%/);

  // By hand: its thumb is where the line is.
  const line = await preview.locator('.divider-line').boundingBox();
  const area = await preview.locator('.stage').boundingBox();
  if (!line || !area) throw new Error('There is no line.');
  await page.mouse.move(line.x + line.width / 2, area.y + area.height / 2);
  await page.mouse.down();
  await page.mouse.move(area.x + 0.75 * area.width, area.y + area.height / 2, { steps: 8 });
  await page.mouse.up();
  await expect.poll(async () => Number.parseInt(await names(), 10)).toBeGreaterThan(70);
  await screenshot('two-checkpoints-moved');
  await preview.locator('.lead').click();
  await page.keyboard.press('Space');
  await expect.poll(names).toMatch(/epoch_12, \d+% shapes_yolov5_tiny$/);

  await command('Necktie: Compare Detections With…');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Stop comparing' }).first().click();
  await preview.locator('.lead', { hasText: /^7 boxes of/ }).waitFor({ timeout: 60_000 });
  expect(await preview.locator('.divider').isVisible()).toBe(false);
}, 240_000);

test('half precision is chosen where the device is; the panel and the status bar say it', async () => {
  const { page, preview, command, screenshot } = workbench;
  const choose = async (label: RegExp): Promise<void> => {
    await command('Necktie: Choose Device…');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: label }).first().click();
  };
  const status = page.locator('.statusbar-item', { hasText: /^Necktie: CPU/ });
  await choose(/^Half precision ?wherever/);
  await preview.locator('.bar', { hasText: 'CPU, half' }).waitFor({ timeout: 60_000 });
  await preview.locator('.lead', { hasText: /^7 boxes of/ }).waitFor({ timeout: 60_000 });
  await expect.poll(() => status.textContent()).toContain('CPU, half');
  await screenshot('half-precision');
  await choose(/^Full precision/);
  await expect.poll(() => preview.locator('.bar').textContent(), { timeout: 60_000 }).not.toContain('half');
  await preview.locator('.lead', { hasText: /^7 boxes of/ }).waitFor({ timeout: 60_000 });
  await expect.poll(() => status.textContent()).not.toContain('half');
}, 180_000);
