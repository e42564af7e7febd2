/** The network's page: every state in every theme passes all of axe-core's rules and is kept as a picture in out/network; and what a hand does on it. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installEditor } from './install.mjs';
import { answers, states, subject } from './network-states.ts';
import { launchNetworkBrowser, type NetworkBrowser, type NetworkPage, THEMES, type Theme } from './preview-page.ts';

const shots = 'out/network';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let browser: NetworkBrowser;

beforeAll(async () => {
  installEditor();
  mkdirSync(shots, { recursive: true });
  browser = await launchNetworkBrowser();
}, 600_000);
afterAll(() => browser?.close());

async function show(to: NetworkPage, state: string): Promise<void> {
  const view = states[state];
  if (view === undefined) throw new Error(`No state ${state}.`);
  await to.send({ kind: 'show', subject: { ...subject, compared: view.compared?.name ?? null }, view });
  await to.painted();
}
async function open(state: string, theme: Theme = 'vscode-dark', width = 900, height = 1100): Promise<NetworkPage> {
  const opened = await browser.open(theme, width, height);
  await show(opened, state);
  return opened;
}

describe('is readable by all', () => {
  const pages = [...THEMES.map(theme => ({ theme, width: 900 })), { theme: THEMES[0]!, width: 480 }];
  // One page goes through all states, as a panel does.
  describe.each(pages)('$theme, $width px', ({ theme, width }) => {
    let opened: NetworkPage;
    beforeAll(async () => {
      opened = await browser.open(theme, width, width === 900 ? 1100 : 1260);
      await opened.page.evaluate(axe);
    });
    afterAll(() => opened?.close());
    test.each(Object.keys(states))('%s', async state => {
      const { page, errors } = opened;
      await show(opened, state);
      await page.screenshot({ path: `${shots}/${theme.replace('vscode-', '')}-${state}-${width}.png` });
      // Nothing is wider than the panel.
      expect(
        await page.evaluate(() => document.querySelector('.scroller')!.scrollWidth - document.querySelector('.scroller')!.clientWidth),
      ).toBe(0);
      const { violations }: AxeResults = await page.evaluate(() => {
        const { axe: loaded } = Object(globalThis);
        return loaded.run(document, {
          rules: Object.fromEntries(loaded.getRules().map((rule: { ruleId: string }) => [rule.ruleId, { enabled: true }])),
        });
      });
      expect(
        violations.flatMap(({ id, nodes }) =>
          nodes.filter(node => !isThemesOwn(id, node.html)).map(node => `${id}: ${node.html} ${node.failureSummary ?? ''}`),
        ),
      ).toEqual([]);
      expect(errors).toEqual([]);
    });
  });
});

describe('answers to a hand', () => {
  test('the verdict first, then the drawing; a mismatch says both numbers and is fixed by a button', async () => {
    const { page, sent, close } = await open('mismatch');
    expect(await page.locator('.lead').textContent()).toMatch(/^3 levels do not fit/);
    expect(await page.locator('.graph .wrong').count()).toBe(3);
    expect(await page.locator('.graph .wrong').first().textContent()).toBe('512 × 80 × 80/8, expects 128');
    await page.locator('.problems .button').first().click();
    expect((await sent()).at(-1)).toEqual({ kind: 'fix', problem: 0, fix: 0 });
    await page.locator('.problems .link').first().click();
    const answer = answers.mismatch;
    expect((await sent()).at(-1)).toEqual({ kind: 'go', place: answer?.kind === 'network' && answer.problems[0]?.place });
    await close();
  });

  test('a part leads to the config, with Alt to its class', async () => {
    const { page, sent, close } = await open('right');
    const neck = page.locator('[data-part="neck"]');
    const part = answers.right?.kind === 'network' ? answers.right.network.parts.find(({ name }) => name === 'neck') : undefined;
    await neck.click();
    expect((await sent()).at(-1)).toEqual({ kind: 'go', place: part?.place });
    await neck.focus();
    await page.keyboard.press('Alt+Enter');
    expect((await sent()).at(-1)).toEqual({ kind: 'go', place: part?.source });
    await close();
  });

  test('keys in the tree: down, open, into it, out, close; Enter leads to the class', async () => {
    const { page, sent, kept, close } = await open('right');
    await page.locator('[data-path="backbone"]').click({ position: { x: 500, y: 8 } });
    const at = (): Promise<string | undefined> =>
      page.evaluate(() => document.activeElement?.getAttribute('aria-activedescendant')?.replace('module-', ''));
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
    expect(await at()).toBe('backbone.layer1');
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('[data-path="backbone.layer1"]').getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('ArrowRight');
    expect(await at()).toBe('backbone.layer1.0');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    expect(await page.locator('[data-path="backbone.layer1"]').getAttribute('aria-expanded')).toBe('false');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    expect(await kept()).toMatchObject({ selected: await at(), subject });
    await page.locator('[data-path="neck"]').click({ position: { x: 500, y: 8 } });
    await page.keyboard.press('Enter');
    expect((await sent()).at(-1)).toMatchObject({ kind: 'go', place: { uri: expect.stringMatching(/yolov5_pafpn\.py$/) } });
    await close();
  });

  test('the filter shows what matches and what holds it', async () => {
    const { page, close } = await open('right');
    await page.locator('.filter').fill('layer4.2');
    const paths = await page.locator('[data-path]').evaluateAll(rows => rows.map(row => row.getAttribute('data-path')));
    expect(paths.slice(0, 3)).toEqual(['backbone', 'backbone.layer4', 'backbone.layer4.2']);
    expect(paths.every(path => path === 'backbone' || path?.startsWith('backbone.layer4'))).toBe(true);
    await page.locator('.filter').fill('nothing is called so');
    expect(await page.locator('.tools [role=status]').textContent()).toBe('No module matches');
    await close();
  });

  test('of thousands of modules those in view are made, and the last is reached', async () => {
    const { page, send, painted, close } = await open('right', 'vscode-dark', 900, 600);
    const view = states.right!;
    if (view.shown.result?.kind !== 'network') throw new Error('no network');
    const { network } = view.shown.result;
    const [first] = network.modules;
    const many = Array.from({ length: 3000 }, (_, i) => ({ ...first!, path: `backbone.layer${i}` }));
    const backbone = network.modules.find(({ path }) => path === 'backbone')!;
    const result = { ...view.shown.result, network: { ...network, modules: [first!, backbone, ...many] } };
    await send({ kind: 'show', subject, view: { ...view, shown: { ...view.shown, result } } });
    await painted();
    const made = (): Promise<number> => page.locator('[data-path]').count();
    expect(await made()).toBeLessThan(200);
    await page.locator('[data-path="backbone"]').click({ position: { x: 500, y: 8 } });
    await page.keyboard.press('End');
    await painted();
    expect(await page.locator('[data-path="backbone.layer2999"]').isVisible()).toBe(true);
    expect(await made()).toBeLessThan(200);
    await page.keyboard.press('Home');
    await painted();
    expect(await page.locator('[data-path="backbone"]').isVisible()).toBe(true);
    await close();
  });

  test('another size is asked for; what is no size is not', async () => {
    const { page, send, sent, close } = await open('right');
    await page.locator('#input-width').fill('abc');
    await page.locator('#input-width').press('Tab');
    expect(await page.locator('#input-width').getAttribute('aria-invalid')).toBe('true');
    expect(await sent()).toEqual([{ kind: 'loaded' }]);
    await page.locator('#input-width').fill('320');
    await page.locator('#input-width').press('Tab');
    expect((await sent()).at(-1)).toEqual({ kind: 'size', size: [320, 640] });
    // The answer is not there yet.
    await send({ kind: 'show', subject: { ...subject, size: [320, 640] }, view: { ...states.right!, busy: true } });
    await page.locator('#input-height').press('ArrowUp');
    expect((await sent()).at(-1)).toEqual({ kind: 'size', size: [320, 672] });
    await close();
  });

  test('while one types: what is open stays open, the scroll and the focus stay', async () => {
    const { page, send, painted, close } = await open('right', 'vscode-dark', 900, 600);
    await page.locator('[data-path="backbone.layer4"] .name').click();
    expect(await page.locator('[data-path="backbone.layer4.0"]').count()).toBe(1);
    await page.locator('.scroller').evaluate(scroller => scroller.scrollTo(0, 200));
    await painted();
    const view = states.right!;
    await send({ kind: 'show', subject, view: { ...view, busy: true } });
    expect(await page.locator('.meter').isVisible()).toBe(true);
    await send({ kind: 'show', subject, view: states.mismatch! });
    await painted();
    expect(await page.locator('[data-path="backbone.layer4.0"]').count()).toBe(1);
    expect(await page.locator('.scroller').evaluate(scroller => scroller.scrollTop)).toBe(200);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-activedescendant'))).toBe('module-backbone.layer4');
    expect(await page.locator('.lead').textContent()).toMatch(/^3 levels do not fit/);
    await close();
  });

  test.each(['light', 'current'] as const)('leaves as an SVG that needs nothing beside it: %s', async theme => {
    const { page, send, sent, close } = await open('mismatch');
    await send({ kind: 'draw', theme, purpose: 'save' });
    await page.waitForFunction(() => document.documentElement.dataset.sent?.includes('"drawn"'));
    const drawn = (await sent()).at(-1);
    if (drawn?.kind !== 'drawn') throw new Error('Nothing was drawn.');
    writeFileSync(`${shots}/exported-${theme}.svg`, drawn.svg);
    expect(drawn.svg).not.toMatch(/var\(|undefined|NaN|href|class=/);
    expect(drawn.svg).toContain('>512 × 80 × 80</text>');
    const { data, info } = await sharp(Buffer.from(drawn.svg)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    expect(info.width).toBe(900);
    expect([...data.subarray(0, 3)]).toEqual(theme === 'light' ? [255, 255, 255] : [0x1f, 0x1f, 0x1f]);
    await sharp(Buffer.from(drawn.svg)).png().toFile(`${shots}/exported-${theme}.png`);
    await close();
  });

  test('two configs: what differs is told part by part', async () => {
    const { page, sent, close } = await open('compare');
    const rows = await page.locator('.compare tbody tr').evaluateAll(all => all.map(row => row.textContent));
    expect(rows[0]).toContain('YOLOv5CSPDarknet → mmdet.ResNet, depth 50');
    expect(rows.at(-1)).toContain('× 9.6');
    await page.getByRole('button', { name: 'End Comparison' }).click();
    expect((await sent()).at(-1)).toEqual({ kind: 'action', action: 'end-compare' });
    await close();
  });
});

/** The strictest contrast asks for 7 : 1; buttons, links and what is wrong have the theme's own colours. */
function isThemesOwn(rule: string, html: string): boolean {
  return rule === 'color-contrast-enhanced' && /^<(?:button type="button" class="(?:button|link)\b|b class="bad"|b>)/.test(html);
}
