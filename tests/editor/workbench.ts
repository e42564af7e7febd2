/** A real VS Code workbench: code-server with the packaged extension installed, on a copy of a workspace, driven in headless Chromium. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import type { RunnerTask } from 'vitest';
import { zoo } from '../zoo.ts';
import { editor } from './install.mjs';
import { launchChromium } from './preview-page.ts';

export interface Workbench {
  readonly page: Page;
  /** The copy that is open; edits stay in it. */
  readonly workspace: string;
  openFile(path: string): Promise<void>;
  /** Line and column from 1, in the active editor. */
  goTo(line: number, column: number): Promise<void>;
  command(title: string): Promise<void>;
  /** The innermost frame of the preview's panel. */
  readonly preview: FrameLocator;
  row(list: 'problems' | 'suggestions', text: string | RegExp): Locator;
  screenshot(name: string): Promise<void>;
  close(): Promise<void>;
}

/** The server finds what the set-up laid out by itself; elsewhere only by being told. */
const libraries = process.env.NECKTIE_ZOO === undefined ? {} : { 'necktie.sitePackages': [zoo] };

const SETTINGS = {
  ...libraries,
  'workbench.startupEditor': 'none',
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'chat.commandCenter.enabled': false,
  'window.restoreWindows': 'none',
  'files.autoSave': 'off',
};

/** What else a test needs beside Necktie itself. */
export interface Beside {
  /** Packaged extensions. */
  readonly extensions?: readonly string[];
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** After each test: what failed is to be seen, and what it left open, a menu say, must not fail the next. */
export async function leaveWorkbench(workbench: Workbench | undefined, task: RunnerTask): Promise<void> {
  if (!workbench || task.result?.state !== 'fail') return;
  await workbench.screenshot(`failed-${task.name.slice(0, 30).replace(/\W+/g, '-')}`);
  for (let times = 0; times < 3; times += 1) await workbench.page.keyboard.press('Escape');
}

export async function openWorkbench(vsix: string, source: string, shots: string, beside: Beside = {}): Promise<Workbench> {
  mkdirSync(shots, { recursive: true });
  const home = mkdtempSync(join(tmpdir(), 'necktie-editor-'));
  const workspace = join(home, 'workspace');
  cpSync(source, workspace, { recursive: true });
  mkdirSync(join(home, 'user', 'User'), { recursive: true });
  writeFileSync(join(home, 'user', 'User', 'settings.json'), JSON.stringify({ ...SETTINGS, ...beside.settings }));

  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_DATA_HOME: join(home, 'data'),
    EXTENSIONS_GALLERY: '{}',
  };
  // Inside an editor's own terminal code-server would talk to that editor.
  delete environment.VSCODE_IPC_HOOK_CLI;
  // The tests' own stack size is no business of the editor's.
  delete environment.NODE_OPTIONS;
  const folders = ['--user-data-dir', join(home, 'user'), '--extensions-dir', join(home, 'extensions')];
  const log = openSync(join(shots, 'code-server.log'), 'w');
  const start = (...args: string[]): ChildProcess =>
    spawn(process.execPath, [editor.entry, ...folders, ...args], { env: environment, stdio: ['ignore', log, log], detached: true });

  for (const extension of [vsix, ...(beside.extensions ?? [])]) {
    const [code] = await once(start('--install-extension', resolve(extension)), 'exit');
    if (code !== 0) throw new Error(`code-server did not install ${extension}; see ${shots}/code-server.log.`);
  }
  const port = await freePort();
  const quiet = [
    '--auth',
    'none',
    '--disable-telemetry',
    '--disable-update-check',
    '--disable-workspace-trust',
    '--disable-getting-started-override',
    '--disable-proxy',
  ];
  const server = start(...quiet, '--bind-addr', `127.0.0.1:${port}`, workspace);
  const stop = async (): Promise<void> => {
    const gone = server.exitCode === null && server.signalCode === null ? once(server, 'exit') : null;
    if (server.pid !== undefined && gone !== null) process.kill(-server.pid, 'SIGTERM');
    await gone;
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await answers(`http://127.0.0.1:${port}/healthz`);
    const browser = await launchChromium();
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(`http://127.0.0.1:${port}/?folder=${encodeURIComponent(workspace)}`);
    await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
    const close = async (): Promise<void> => {
      await browser.close();
      await stop();
    };
    return workbenchOn(page, workspace, shots, close);
  } catch (error) {
    await stop();
    throw error;
  }
}

function workbenchOn(page: Page, workspace: string, shots: string, close: () => Promise<void>): Workbench {
  const input = page.locator('.quick-input-widget input.input');
  const quick = async (key: string, text: string): Promise<void> => {
    await page.keyboard.press(key);
    await input.waitFor({ state: 'visible' });
    await input.fill(text);
  };
  const lists = { problems: '.markers-panel .monaco-list-row', suggestions: '.suggest-widget.visible .monaco-list-row' };
  return {
    page,
    workspace,
    async openFile(path) {
      // Where a panel has the focus, the file would open beside it.
      await page.keyboard.press('Control+1');
      await quick('Control+P', path);
      const name = path.split('/').at(-1) ?? path;
      // Not by Enter: while the list is being filled, another file may be the first.
      await page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().click();
      await page.locator('.tab.active', { hasText: name }).waitFor();
      await page.locator('.monaco-editor .view-lines').first().waitFor();
    },
    async goTo(line, column) {
      await page.locator('.editor-group-container.active .monaco-editor .view-lines').first().click();
      await quick('Control+G', `:${line}:${column}`);
      await page.keyboard.press('Enter');
      await input.waitFor({ state: 'hidden' });
    },
    async command(title) {
      await quick('F1', `>${title}`);
      await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().click();
    },
    preview: page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame'),
    row: (list, text) => page.locator(lists[list], { hasText: text }),
    screenshot: async name => void (await page.screenshot({ path: join(shots, `${name}.png`) })),
    close,
  };
}

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.on('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address !== null ? done(address.port) : failed(new Error('No free port.'))));
    });
  });
}

async function answers(address: string): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    const up = await fetch(address).then(
      response => response.ok,
      () => false,
    );
    if (up) return;
    await new Promise(wake => setTimeout(wake, 100));
  }
  throw new Error(`Nothing answers at ${address}.`);
}
