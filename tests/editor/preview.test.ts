/** The preview's page: every state in every theme passes all of axe-core's rules and is kept as a picture in out/preview; and what a hand does on it. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import type { AxeResults } from 'axe-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readThumbnail } from '../../client/preview/picture.ts';
import { installEditor } from './install.mjs';
import { launchPreviewBrowser, type PreviewBrowser, type PreviewPage, pictureMessage, THEMES, type Theme } from './preview-page.ts';
import { FIGURES, FILM, heading, PICTURE, PICTURES, result, states, subject } from './preview-states.ts';

const shots = 'out/preview';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let browser: PreviewBrowser;

beforeAll(async () => {
  installEditor();
  mkdirSync(shots, { recursive: true });
  browser = await launchPreviewBrowser();
}, 600_000);
afterAll(() => browser?.close());

async function open(state: string, theme: Theme = 'vscode-dark', width = 900, height = 720): Promise<PreviewPage> {
  const view = states[state];
  if (view === undefined) throw new Error(`No state ${state}.`);
  const opened = await browser.open(theme, width, height);
  const file = PICTURES[state] ?? PICTURE;
  const position = state in PICTURES ? { name: basename(file), position: 3, count: 24 } : heading.picture;
  const picture = state === 'empty' ? null : position;
  await opened.send({
    kind: 'show',
    subject,
    heading: { ...heading, picture, checkpoint: state === 'random' ? 'Random weights' : heading.checkpoint },
    view,
  });
  if (picture !== null) {
    await opened.send(await pictureMessage(file));
    await opened.send({ kind: 'film', names: FILM });
    const thumbnail = await readThumbnail(file);
    for (const at of FILM.keys()) await opened.send({ kind: 'thumbnail', at, picture: thumbnail });
  }
  const figures = FIGURES[state];
  if (figures !== undefined) await opened.send({ kind: 'figures', figures });
  await opened.page.waitForFunction(picturesAreDrawn);
  await opened.painted();
  return opened;
}

describe('is readable by all', () => {
  const cases = THEMES.flatMap(theme => Object.keys(states).map(state => ({ theme, state, width: 900 })));
  test.each([...cases, ...Object.keys(states).map(state => ({ theme: THEMES[0]!, state, width: 480 }))])(
    '$state, $theme, $width px',
    async ({ state, theme, width }) => {
      const { page, errors, close } = await open(state, theme, width, width === 900 ? 720 : 915);
      await page.screenshot({ path: `${shots}/${theme.replace('vscode-', '')}-${state}-${width}.png`, fullPage: width === 480 });
      await page.evaluate(axe);
      const { violations }: AxeResults = await page.evaluate(() => {
        const { axe: loaded } = Object(globalThis);
        return loaded.run(document, {
          rules: Object.fromEntries(loaded.getRules().map((rule: { ruleId: string }) => [rule.ruleId, { enabled: true }])),
        });
      });
      expect(
        violations.flatMap(({ id, nodes }) => nodes.filter(node => !isThemesOwn(id, node.html)).map(node => `${id}: ${node.html}`)),
      ).toEqual([]);
      expect(errors).toEqual([]);
      await close();
    },
  );
});

describe('answers to a hand', () => {
  test('the score slider hides and shows, and says what it hides', async () => {
    const { page, kept, close } = await open('ready');
    expect(await page.locator('.boxes tbody tr').count()).toBe(7);
    expect(await page.locator('.hint').first().textContent()).toBe('77 hidden; the next has 0.09');
    await page.locator('#threshold').fill('0.95');
    await page.locator('#threshold').press('Enter');
    expect(await page.locator('.boxes tbody tr').count()).toBe(4);
    expect(await page.getByRole('slider', { name: 'Score at least' }).getAttribute('aria-valuetext')).toBe('0.95, 4 boxes');
    await page.locator('.lead').click();
    await page.keyboard.press('[');
    expect(await kept()).toMatchObject({ threshold: 0.94, subject });
    await close();
  });

  test('the overlap slider asks for another, keeps what a hand set until it is answered, and leads back', async () => {
    const { page, send, sent, painted, close } = await open('ready');
    const slider = page.getByRole('slider', { name: 'Overlap at most' });
    expect(await slider.inputValue()).toBe('0.65');
    await page.locator('#overlap').fill('0.9');
    await page.locator('#overlap').press('Enter');
    expect((await sent()).at(-1)).toEqual({ kind: 'overlap', threshold: 0.9 });
    await page.locator('.boxes tbody tr').nth(2).click();
    // Boxes stay selected where another answer comes that suppressed alike.
    const answer = (threshold: number, boxes: number): Promise<void> =>
      send({
        kind: 'show',
        subject,
        heading,
        view: {
          kind: 'ready',
          result: { ...result, suppression: { ...result.suppression, threshold }, detections: result.detections.slice(0, boxes) },
        },
      });
    await answer(0.65, 84);
    expect(await slider.inputValue()).toBe('0.9');
    expect(await page.locator('.boxes tr[aria-selected=true]').count()).toBe(1);
    await slider.focus();
    await answer(0.9, 3);
    await painted();
    expect(await page.locator('.boxes tbody tr').count()).toBe(3);
    expect(await page.locator('.boxes tr[aria-selected=true]').count()).toBe(0);
    await page.screenshot({ path: `${shots}/dark-overlap-900.png` });
    await page.locator('.lead').click();
    await page.keyboard.press('}');
    expect((await sent()).at(-1)).toEqual({ kind: 'overlap', threshold: 0.91 });
    await page.getByRole('button', { name: 'Back to 0.65' }).click();
    // Null: whatever the config says, should it come to say another.
    expect((await sent()).at(-1)).toEqual({ kind: 'overlap', threshold: null });
    await close();
  });

  test('where no threshold decides on what is suppressed, the slider is off and says why', async () => {
    const { page, sent, send, close } = await open('ready');
    const fixed = 'The exported model suppresses by itself.';
    await send({
      kind: 'show',
      subject,
      heading,
      view: { kind: 'ready', result: { ...result, suppression: { ...result.suppression, fixed } } },
    });
    expect(await page.getByRole('slider', { name: 'Overlap at most' }).isDisabled()).toBe(true);
    expect(await page.locator('.field', { hasText: 'Overlap at most' }).locator('.hint').textContent()).toBe(fixed);
    const before = (await sent()).length;
    await page.keyboard.press('{');
    expect((await sent()).length).toBe(before);
    await close();
  });

  test('boxes are drawn on the canvas in their class’s colour, and a click selects the row', async () => {
    const { page, painted, close } = await open('ready');
    const yellow = (): Promise<number> => page.locator('canvas').evaluate(countYellow);
    const drawn = await yellow();
    expect(drawn).toBeGreaterThan(500);
    await page.locator('.classes label', { hasText: 'hexagon' }).click();
    await painted();
    expect(await yellow()).toBeLessThan(drawn / 5);
    await page.locator('.classes label', { hasText: 'hexagon' }).click();
    await page.locator('.stage').click({ position: { x: 150, y: 400 } });
    expect(await page.locator('.boxes tr[aria-selected=true]').textContent()).toContain('hexagon');
    await close();
  });

  test('keys: a box, into it, out of it, the next picture, a class', async () => {
    const { page, sent, kept, close } = await open('ready');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await page.locator('.boxes tr:focus').textContent()).toContain('circle');
    await page.keyboard.press('Enter');
    expect(await page.locator('.bar').textContent()).toContain('%');
    await page.screenshot({ path: `${shots}/dark-zoomed-900.png` });
    await page.keyboard.press('Escape');
    expect(await kept()).toMatchObject({ zoom: null, selected: 1 });
    await page.keyboard.press('1');
    expect(await kept()).toMatchObject({ hidden: ['circle'] });
    await page.keyboard.press('ArrowRight');
    expect((await sent()).at(-1)).toEqual({ kind: 'action', action: 'next' });
    await close();
  });

  test('the picture is saved with its boxes and names, in its own pixels', async () => {
    const { page, send, sent, close } = await open('ready');
    await send({ kind: 'draw' });
    await page.waitForFunction(() => document.documentElement.dataset.sent?.includes('"drawn"'));
    const drawn = (await sent()).at(-1);
    if (drawn?.kind !== 'drawn') throw new Error('Nothing was drawn.');
    const png = Buffer.from(drawn.png, 'base64');
    writeFileSync(`${shots}/saved.png`, png);
    const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([640, 480]);
    const colour = (x: number, y: number): readonly number[] => [...data.subarray(3 * (640 * y + x), 3 * (640 * y + x) + 3)];
    // The hexagon's left edge, from 72.1, 234.7 to 393.4; and over it the edge of its name.
    expect(colour(72, 300)).toEqual([0xff, 0xe9, 0x5c]);
    expect(colour(73, 226)).toEqual([0xff, 0xe9, 0x5c]);
    await close();
  });

  test('what was annotated: what is missed comes first, a kind is switched off, a class leads to its misses', async () => {
    const { page, sent, kept, close } = await open('truth');
    expect(await page.locator('.lead').textContent()).toBe('6 of 8 found at IoU 0.50, score 0.30');
    expect(await page.locator('.boxes tbody tr').allTextContents()).toEqual([
      'triangle, missednone',
      'triangle, missed0.04',
      'star, extra0.45',
      'circle0.860.98',
      'circle0.890.96',
      'hexagon0.840.95',
      'star0.790.92',
      'square0.830.85',
      'hexagon0.760.83',
    ]);
    await page.getByRole('checkbox', { name: 'Show matched, 6' }).click();
    expect(await page.locator('.boxes tbody tr').count()).toBe(3);
    expect(await kept()).toMatchObject({ without: ['matched'] });
    // At a lower score the second triangle is found, and more is found where nothing is.
    await page.locator('#threshold').fill('0.03');
    await page.locator('#threshold').press('Enter');
    expect(await page.locator('.lead').textContent()).toContain('7 of 8 found');
    await page.getByRole('button', { name: /^star, AP/ }).click();
    expect((await sent()).at(-1)).toEqual({ kind: 'misses', label: 3, threshold: 0.03 });
    await page.getByRole('button', { name: 'All pictures' }).click();
    expect((await sent()).at(-1)).toEqual({ kind: 'misses', label: null, threshold: 0.03 });
    await page.locator('.lead').click();
    await page.keyboard.press('g');
    expect((await sent()).at(-1)).toEqual({ kind: 'action', action: 'truth' });
    await close();
  });

  test('two results: a divider between them, what one alone has comes first, Space swaps', async () => {
    const { page, kept, sent, painted, close } = await open('compare');
    expect(await page.locator('.lead').textContent()).toBe('8 and 9 boxes score 0.30');
    expect(await page.locator('.boxes thead').textContent()).toBe('classEMArawchange');
    expect(await page.locator('.boxes tbody tr').first().textContent()).toBe('triangle–0.50only raw');
    const shown = page.locator('.divider');
    expect(await shown.getAttribute('aria-valuetext')).toBe('50% EMA, 50% raw');
    const yellow = (): Promise<number> => page.locator('canvas').evaluate(countYellow);
    const both = await yellow();
    await shown.focus();
    for (let times = 0; times < 30; times += 1) await page.keyboard.press('ArrowLeft');
    expect(await kept()).toMatchObject({ divider: 0.2 });
    await painted();
    expect(await yellow()).toBeGreaterThan(both / 2);
    // The thumb takes the mouse, the stage beside it selects boxes.
    await page.locator('.stage').click({ position: { x: 450, y: 420 } });
    expect(await page.locator('.boxes tr[aria-selected=true]').textContent()).toContain('hexagon');
    await page.keyboard.press(' ');
    expect(await kept()).toMatchObject({ swapped: true });
    expect(await page.locator('.boxes thead').textContent()).toBe('classrawEMAchange');
    expect(await page.locator('.boxes tbody tr').first().textContent()).toBe('triangle0.50–only raw');
    await page.keyboard.press('c');
    expect((await sent()).at(-1)).toEqual({ kind: 'action', action: 'compare' });
    await close();
  });

  test('a thumbnail opens its picture', async () => {
    const { page, sent, close } = await open('ready');
    expect(await page.locator('.film li[aria-selected=true]').textContent()).toBe('meadow');
    await page.locator('.film li').nth(1).click();
    expect((await sent()).at(-1)).toEqual({ kind: 'open', at: 1 });
    await close();
  });

  test('which boxes are shown is told to who writes them into a file', async () => {
    const { page, sent, send, close } = await open('ready');
    await page.keyboard.press(']');
    await page.keyboard.press('1');
    await send({ kind: 'list' });
    await expect.poll(async () => (await sent()).at(-1)).toMatchObject({ kind: 'listed', threshold: 0.31, hidden: [expect.any(String)] });
    await close();
  });

  test('pictures are dropped by their place or with their content, and pasted', async () => {
    const { page, sent, close } = await open('ready');
    const give = (how: 'drop' | 'paste', places: string, name: string | null): Promise<void> =>
      page.evaluate(
        ([event, list, file]) => {
          const data = new DataTransfer();
          if (list) data.setData('text/uri-list', list);
          if (file)
            data.items.add(new File([new Uint8Array([1, 2, 3])], file, { type: file.endsWith('.png') ? 'image/png' : 'text/plain' }));
          const made =
            event === 'drop'
              ? new DragEvent('drop', { dataTransfer: data, bubbles: true })
              : new ClipboardEvent('paste', { clipboardData: data, bubbles: true });
          document.body.dispatchEvent(made);
        },
        [how, places, name] as const,
      );
    const before = (await sent()).length;
    await give('drop', 'file:///a/one.jpg\r\nfile:///a/two.jpg\r\n', null);
    await expect
      .poll(async () => (await sent()).slice(before))
      .toEqual([{ kind: 'given', places: ['file:///a/one.jpg', 'file:///a/two.jpg'], pictures: [] }]);
    await give('paste', '', 'image.png');
    await expect
      .poll(async () => (await sent()).at(-1))
      .toEqual({ kind: 'given', places: [], pictures: [{ name: 'image.png', content: 'AQID' }] });
    await give('drop', '', 'notes.txt');
    await give('paste', 'https://example.org/a.png', null);
    await page.keyboard.press('c');
    // Text is no picture, and nothing is fetched from elsewhere.
    await expect.poll(async () => (await sent()).slice(before + 2)).toEqual([{ kind: 'action', action: 'compare' }]);
    await close();
  });

  test('a problem’s buttons do what they say', async () => {
    const { page, sent, close } = await open('problem');
    await page.getByRole('button', { name: 'Choose Checkpoint…' }).click();
    expect((await sent()).at(-1)).toEqual({ kind: 'action', action: 'choose-checkpoint' });
    await close();
  });

  test('Stop is there from the first frame', async () => {
    const { page, sent, close } = await open('progress');
    await page.getByRole('button', { name: 'Stop' }).click();
    expect((await sent()).at(-1)).toEqual({ kind: 'action', action: 'stop' });
    await close();
  });

  test('a press on Stop counts though a phase ends under it', async () => {
    const { page, sent, send, painted, close } = await open('progress');
    const stop = page.getByRole('button', { name: 'Stop' });
    const at = await stop.boundingBox();
    if (!at) throw new Error('There is no Stop.');
    const before = (await sent()).length;
    await page.mouse.move(at.x + at.width / 2, at.y + at.height / 2);
    await page.mouse.down();
    const finished = ['Reading the config', 'Reading epoch_42.pth', 'Building the network', 'Writing the model', 'Loading the model'];
    const view = { kind: 'progress', phase: 'Detecting on CPU', finished: finished.map(phase => ({ phase, seconds: 0.1 })) } as const;
    await send({ kind: 'show', subject, heading, view });
    await painted();
    expect((await stop.boundingBox())?.y).toBeGreaterThan(at.y + at.height);
    await page.mouse.up();
    expect((await sent()).slice(before)).toEqual([{ kind: 'action', action: 'stop' }]);
    await close();
  });
});

/** A button's two colours are the theme's own pair, as on every button of the editor: they reach 4.5 : 1, and not the 7 : 1 of the enhanced rule. */
function isThemesOwn(rule: string, html: string): boolean {
  return rule === 'color-contrast-enhanced' && /^<button type="button" class="button\b/.test(html);
}

/** Where there is a canvas, the picture lies on it; the film's are decoded. */
function picturesAreDrawn(): boolean {
  const canvas = document.querySelector('canvas');
  const middle = canvas?.getContext('2d')?.getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data ?? [];
  const isDrawn = canvas === null || middle[3] === 255;
  return isDrawn && [...document.querySelectorAll<HTMLImageElement>('.film img')].every(image => image.complete);
}

/** Pixels in the colour of the fifth class, #ffe95c. */
function countYellow(canvas: Element): number {
  if (!(canvas instanceof HTMLCanvasElement)) return -1;
  const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
  let count = 0;
  for (let at = 0; at < pixels.length; at += 4) if (pixels[at] === 0xff && pixels[at + 1] === 0xe9 && pixels[at + 2] === 0x5c) count += 1;
  return count;
}
