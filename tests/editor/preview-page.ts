/** A page of ours in a headless browser, without an editor: the built script under the policy it is shipped with, and a stand-in for VS Code's side. */
import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import type { FromNetworkPage, ToNetworkPage } from '../../client/network-messages.ts';
import { pageHtml } from '../../client/page-html.ts';
import type { EncodedPicture, FromPage, ToPage } from '../../client/preview-messages.ts';
import { editor } from './install.mjs';
import themes from './themes.json' with { type: 'json' };

export type Theme = keyof typeof themes;
export const THEMES: readonly Theme[] = ['vscode-dark', 'vscode-light', 'vscode-high-contrast', 'vscode-high-contrast-light'];

const ORIGIN = 'http://necktie.test';

export interface WebviewPage<To, From> {
  readonly page: Page;
  send(message: To): Promise<void>;
  /** Until what is wanted of the next frame is drawn. */
  painted(): Promise<void>;
  /** What the page sent so far. */
  sent(): Promise<readonly From[]>;
  /** What it kept with `setState`. */
  kept(): Promise<unknown>;
  /** Complaints of the browser, the policy's among them. */
  readonly errors: readonly string[];
  close(): Promise<void>;
}

export interface WebviewBrowser<To, From> {
  open(theme: Theme, width: number, height: number): Promise<WebviewPage<To, From>>;
  close(): Promise<void>;
}
export type PreviewPage = WebviewPage<ToPage, FromPage>;
export type PreviewBrowser = WebviewBrowser<ToPage, FromPage>;
export type NetworkPage = WebviewPage<ToNetworkPage, FromNetworkPage>;
export type NetworkBrowser = WebviewBrowser<ToNetworkPage, FromNetworkPage>;

export const launchPreviewBrowser = (): Promise<PreviewBrowser> => launchBrowser('preview');
export const launchNetworkBrowser = (): Promise<NetworkBrowser> => launchBrowser('network');

/** `name`: of the page's script, its style sheet and the element that it fills. */
async function launchBrowser<To extends object, From>(name: string): Promise<WebviewBrowser<To, From>> {
  const files = await bundlePage(name);
  const browser = await launchChromium();
  return {
    open: (theme, width, height) => openPage(browser, files, name, theme, width, height),
    close: () => browser.close(),
  };
}

export function launchChromium(): Promise<Browser> {
  const { browser } = editor;
  if (browser === undefined) throw new Error('No Chromium on the path.');
  const flags = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  return chromium.launch({ executablePath: browser, headless: true, args: flags });
}

async function bundlePage(name: string): Promise<ReadonlyMap<string, string>> {
  const { outputFiles } = await build({
    entryPoints: [`client/webview/${name}.ts`, `client/webview/${name}.css`],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'chrome122',
    outdir: '/',
  });
  return new Map(outputFiles.map(file => [file.path, file.text]));
}

async function openPage<To extends object, From>(
  browser: Browser,
  files: ReadonlyMap<string, string>,
  name: string,
  theme: Theme,
  width: number,
  height: number,
): Promise<WebviewPage<To, From>> {
  const page = await browser.newPage({ viewport: { width, height } });
  const errors: string[] = [];
  page.on('console', message => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', error => errors.push(String(error)));
  await page.route(`${ORIGIN}/**`, route => {
    const { pathname } = new URL(route.request().url());
    const text = files.get(pathname);
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: frame(name) });
    if (text === undefined) return route.fulfill({ status: 404 });
    return route.fulfill({ contentType: pathname.endsWith('.css') ? 'text/css' : 'text/javascript', body: text });
  });
  await page.addInitScript(standIn, { variables: themes[theme], theme });
  await page.goto(`${ORIGIN}/`);
  return {
    page,
    errors,
    send: message => page.evaluate(sendMessage, packed(message)),
    painted: () => page.evaluate(nextFrames),
    sent: () => page.evaluate(() => JSON.parse(document.documentElement.dataset.sent ?? '[]')),
    kept: () => page.evaluate(() => JSON.parse(document.documentElement.dataset.kept ?? 'null')),
    close: () => page.close(),
  };
}

const frame = (name: string): string =>
  pageHtml({ title: name, script: `${ORIGIN}/${name}.js`, style: `${ORIGIN}/${name}.css`, source: ORIGIN, root: name });

/** Runs in the page before its script: what VS Code does there. */
function standIn({ variables, theme }: { variables: Readonly<Record<string, string>>; theme: string }): void {
  addEventListener('DOMContentLoaded', () => {
    for (const [name, value] of Object.entries(variables)) document.documentElement.style.setProperty(name, value);
    document.body.classList.add(...(theme === 'vscode-high-contrast-light' ? ['vscode-high-contrast', theme] : [theme]));
  });
  const sent: unknown[] = [];
  Object.assign(window, {
    acquireVsCodeApi: () => ({
      postMessage: (message: unknown) => {
        sent.push(message);
        document.documentElement.dataset.sent = JSON.stringify(sent);
      },
      getState: () => undefined,
      setState: (state: unknown) => {
        document.documentElement.dataset.kept = JSON.stringify(state);
      },
    }),
  });
}

/** The browser's protocol carries JSON: bytes go as base64 and are bytes again when they reach the page. */
function packed(message: object): { readonly json: string; readonly picture: { readonly base64: string; readonly type: string } | null } {
  const picture = 'picture' in message && isPicture(message.picture) ? message.picture : null;
  return {
    json: JSON.stringify(picture === null ? message : { ...message, picture: null }),
    picture: picture && { base64: Buffer.from(picture.bytes).toString('base64'), type: picture.type },
  };
}

const isPicture = (value: unknown): value is EncodedPicture =>
  typeof value === 'object' && value !== null && 'bytes' in value && value.bytes instanceof Uint8Array;

function sendMessage({ json, picture }: ReturnType<typeof packed>): void {
  const message: unknown = JSON.parse(json);
  const whole =
    picture === null
      ? message
      : {
          ...Object(message),
          picture: { type: picture.type, bytes: Uint8Array.from(atob(picture.base64), character => character.charCodeAt(0)) },
        };
  dispatchEvent(new MessageEvent('message', { data: whole }));
}

/** The second comes after all that was asked of the first. */
function nextFrames(): Promise<void> {
  return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())));
}

export async function pictureMessage(path: string): Promise<ToPage> {
  return { kind: 'picture', picture: { bytes: new Uint8Array(await readFile(path)), type: 'image/jpeg' } };
}
