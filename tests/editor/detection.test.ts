/** Detection as it is reached in a real VS Code: from the explorer's menus, by a drop and a paste, with another overlap, stopped; and what is in a checkpoint. */
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { installEditor } from './install.mjs';
import { packaged } from './packaged.ts';
import { leaveWorkbench, openWorkbench, type Workbench } from './workbench.ts';

let workbench: Workbench;

beforeAll(async () => {
  installEditor();
  workbench = await openWorkbench(await packaged(), 'configs', 'out/editor');
  // A checkpoint where mmengine leaves it: the folder says which config it is of.
  const run = join(workbench.workspace, 'demo/work_dirs/shapes_yolov5_tiny');
  mkdirSync(run, { recursive: true });
  cpSync('configs/demo/shapes_yolov5_tiny.pth', join(run, 'epoch_42.pth'));
}, 600_000);
afterEach(({ task }) => leaveWorkbench(workbench, task));
afterAll(() => workbench?.close());

/** An entry of the explorer, its folders opened on the way. */
async function fromExplorer(path: string, item: RegExp): Promise<void> {
  const { page } = workbench;
  const names = path.split('/');
  const entry = (name: string) => page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).first();
  for (const folder of names.slice(0, -1)) {
    const row = entry(folder);
    await row.waitFor();
    // The explorer opens folders by itself to show the file that was opened, and a click at that time closes one again.
    const opened = async (): Promise<boolean> => {
      if ((await row.getAttribute('aria-expanded')) === 'true') return true;
      await row.click();
      return false;
    };
    await expect.poll(opened, { interval: 1000, timeout: 20_000 }).toBe(true);
  }
  await entry(names.at(-1) ?? '').click({ button: 'right' });
  const menu = page.locator('.monaco-menu').first();
  const wanted = menu.locator('.action-item', { hasText: item }).first();
  await wanted.waitFor();
  const chosen = async (): Promise<boolean> => {
    await wanted.click({ timeout: 1000 }).catch(() => undefined);
    return menu.waitFor({ state: 'hidden', timeout: 1000 }).then(
      () => true,
      () => false,
    );
  };
  // In its first tenth of a second a menu takes no click, so that the one that opens it chooses nothing.
  await expect.poll(chosen, { timeout: 20_000 }).toBe(true);
}

test('Run Detection of the explorer’s menu on a picture: with the config that is open', async () => {
  const { preview, openFile, screenshot } = workbench;
  await openFile('demo/shapes_yolov5_tiny.py');
  // The extension is awake from here on.
  await workbench.page.locator('.statusbar-item', { hasText: 'Necktie' }).waitFor({ timeout: 60_000 });
  await fromExplorer('demo/images/notebook.png', /^Run Detection/);
  await preview.locator('.bar', { hasText: 'notebook.png' }).waitFor({ timeout: 120_000 });
  await preview.locator('.boxes tbody tr').first().waitFor({ timeout: 120_000 });
  await screenshot('explorer-picture');
}, 240_000);

test('on a checkpoint: with the config that its folder names; on a folder: all of its pictures', async () => {
  const { preview } = workbench;
  await fromExplorer('demo/work_dirs/shapes_yolov5_tiny/epoch_42.pth', /^Run Detection/);
  await preview.locator('.bar', { hasText: 'epoch_42.pth' }).waitFor({ timeout: 120_000 });
  await preview.locator('.boxes tbody tr').first().waitFor({ timeout: 120_000 });
  await fromExplorer('demo/data/shapes/val', /^Run Detection/);
  await preview.locator('.bar', { hasText: '00000.jpg' }).waitFor({ timeout: 60_000 });
  expect(await preview.locator('.film li').count()).toBe(24);
}, 240_000);

test('another overlap acts at once: more boxes as it grows, and back', async () => {
  const { preview, screenshot } = workbench;
  await preview.locator('.film li', { hasText: '00002' }).click();
  const lead = preview.locator('.lead', { hasText: /boxes of \d+/ });
  await preview.locator('.bar', { hasText: '00002.jpg' }).waitFor();
  await lead.waitFor({ timeout: 60_000 });
  const candidates = async (): Promise<number> => Number(/of (\d+)/.exec((await lead.textContent()) ?? '')?.[1]);
  const before = await candidates();
  const time = await preview.locator('.time').textContent();
  await preview.locator('#overlap').fill('0.95');
  await preview.locator('#overlap').press('Enter');
  await expect.poll(candidates, { timeout: 30_000 }).toBeGreaterThan(before);
  // The same run: its times are what they were.
  expect(await preview.locator('.time').textContent()).toBe(time);
  await screenshot('overlap');
  await preview.getByRole('button', { name: 'Back to 0.65' }).click();
  await expect.poll(candidates, { timeout: 30_000 }).toBe(before);
}, 120_000);

test('a picture is dropped by its place, and another pasted', async () => {
  const { preview, workspace, screenshot } = workbench;
  const give = (how: 'drop' | 'paste', places: string, png: string): Promise<void> =>
    preview.locator('body').evaluate(
      (body, [event, list, content]) => {
        const data = new DataTransfer();
        if (list) data.setData('text/uri-list', list);
        if (content)
          data.items.add(new File([Uint8Array.from(atob(content), one => one.charCodeAt(0))], 'image.png', { type: 'image/png' }));
        body.dispatchEvent(
          event === 'drop'
            ? new DragEvent('drop', { dataTransfer: data, bubbles: true })
            : new ClipboardEvent('paste', { clipboardData: data, bubbles: true }),
        );
      },
      [how, places, png] as const,
    );
  await give('drop', `file://${workspace}/demo/images/meadow.jpg`, '');
  await preview.locator('.bar', { hasText: 'meadow.jpg' }).waitFor({ timeout: 60_000 });
  await preview.locator('.lead', { hasText: /^7 boxes of/ }).waitFor({ timeout: 60_000 });
  await give('paste', '', readFileSync(join(workspace, 'demo/images/notebook.png')).toString('base64'));
  await preview.locator('.bar', { hasText: /image[^,]*\.png/ }).waitFor({ timeout: 60_000 });
  await preview.locator('.lead', { hasText: /box(es)? of/ }).waitFor({ timeout: 60_000 });
  await screenshot('pasted');
}, 180_000);

test('Inspect Checkpoint: what is in it, and its own config beside the one that is open', async () => {
  const { page, openFile, screenshot } = workbench;
  await openFile('demo/shapes_yolov5_tiny.py');
  await fromExplorer('demo/work_dirs/shapes_yolov5_tiny/epoch_42.pth', /^Inspect Checkpoint/);
  await page.locator('.tab.active', { hasText: 'epoch_42.pth.md' }).waitFor({ timeout: 60_000 });
  const tables = async (): Promise<string> =>
    (
      await Promise.all(
        page.frames().map(frame =>
          frame
            .locator('td')
            .allTextContents()
            .catch(() => []),
        ),
      )
    )
      .flat()
      .join(' ');
  await expect.poll(tables, { timeout: 30_000 }).toMatch(/348 tensors.*backbone 198 266017 neck 144.*bbox_head\.head_module/s);
  await page.locator('.notification-toast', { hasText: 'was trained with another config' }).waitFor({ timeout: 30_000 });
  await screenshot('inspect-checkpoint');
}, 120_000);
