import { commands, Disposable, type ExtensionContext, Uri, ViewColumn, type WebviewPanel, window, workspace } from 'vscode';
import { NETWORK_CHANGED, type NetworkChangedParams } from '../../server/protocol.ts';
import { configOf } from '../config-document.ts';
import type { Server } from '../language-server.ts';
import type { DrawnFor, NetworkSubject, PictureTheme } from '../network-messages.ts';
import { chooseConfig } from './choose-config.ts';
import { createNetworkPanel, type NetworkPanel } from './network-panel.ts';

export const VIEW_TYPE = 'necktie.network';

/** The panels "Network", one a config, with their commands. */
export function createNetworks(context: ExtensionContext, server: Server): Disposable {
  const open = new Map<string, NetworkPanel>();
  const options = { enableScripts: true, localResourceRoots: [Uri.joinPath(context.extensionUri, 'dist', 'webview')] };

  const adopt = (panel: WebviewPanel, subject: NetworkSubject): NetworkPanel => {
    panel.iconPath = {
      light: Uri.joinPath(context.extensionUri, 'media', 'network-light.svg'),
      dark: Uri.joinPath(context.extensionUri, 'media', 'network-dark.svg'),
    };
    const made = createNetworkPanel(panel, subject, { extension: context.extensionUri, server });
    open.set(subject.config, made);
    panel.onDidDispose(() => open.delete(subject.config));
    made.refresh();
    return made;
  };
  const find = (config: string): NetworkPanel => {
    const found = open.get(config);
    if (found !== undefined) {
      found.panel.reveal(undefined, true);
      return found;
    }
    // Panels gather in one column, as long as that is not where the config itself is.
    const column = [...open.values()].map(({ panel }) => panel.viewColumn).find(other => other !== window.activeTextEditor?.viewColumn);
    const panel = window.createWebviewPanel(
      VIEW_TYPE,
      'Network',
      { viewColumn: column ?? ViewColumn.Beside, preserveFocus: true },
      options,
    );
    return adopt(panel, { config, compared: null, size: null });
  };
  const active = (): NetworkPanel | undefined => [...open.values()].find(({ panel }) => panel.active);
  /** The one that a command means: the active panel, else that of the config, opened for it. */
  const meant = (target: unknown): NetworkPanel | undefined => {
    const front = target === undefined || target instanceof Uri ? active() : undefined;
    const config = front === undefined ? configOf(target) : undefined;
    if (front !== undefined || config !== undefined) return front ?? (config && find(config.fsPath));
    // The active editor shows something else: a class that the panel led to.
    return target === undefined ? [...open.values()].find(({ panel }) => panel.visible) : undefined;
  };
  const without = (): void => void window.showInformationMessage('Open a config, then show its network again.');

  async function compare(target: unknown): Promise<void> {
    const panel = meant(target);
    if (panel === undefined) return without();
    const other = await chooseConfig(panel.subject().config);
    if (other !== undefined) panel.compare(other);
  }
  async function draw(purpose: DrawnFor): Promise<void> {
    const panel = meant(undefined);
    if (panel === undefined) return without();
    const chosen =
      purpose === 'copy' ? { theme: 'light' as const } : await window.showQuickPick(THEMES, { title: 'Export Network as SVG' });
    if (chosen !== undefined) panel.draw(chosen.theme, purpose);
  }
  /** Of a file that is not open no more is told than that another was looked at. */
  const changed = ({ uri }: NetworkChangedParams): void => {
    const file = Uri.parse(uri).fsPath;
    const isOpen = (path: string): boolean => workspace.textDocuments.some(document => document.uri.fsPath === path);
    for (const panel of open.values()) {
      const about = [panel.subject().config, panel.subject().compared].filter(path => path !== null);
      if (about.some(path => path === file || !isOpen(path))) panel.refresh();
    }
  };
  const serializer = window.registerWebviewPanelSerializer(VIEW_TYPE, {
    deserializeWebviewPanel: async (panel: WebviewPanel, state: unknown) => {
      const subject = subjectIn(state);
      if (subject === undefined) return panel.dispose();
      panel.webview.options = options;
      adopt(panel, subject);
    },
  });
  return Disposable.from(
    serializer,
    server.client.onNotification(NETWORK_CHANGED, changed),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length) for (const panel of open.values()) panel.edited(document.uri.fsPath);
    }),
    commands.registerCommand('necktie.showNetwork', (target?: unknown) => {
      const config = configOf(target);
      if (config === undefined) without();
      else find(config.fsPath);
    }),
    commands.registerCommand('necktie.compareNetworks', compare),
    commands.registerCommand('necktie.exportNetwork', () => draw('save')),
    commands.registerCommand('necktie.copyNetwork', () => draw('copy')),
    {
      dispose: () => {
        for (const { panel } of [...open.values()]) panel.dispose();
      },
    },
  );
}

const THEMES: readonly { readonly label: string; readonly description: string; readonly theme: PictureTheme }[] = [
  { label: 'Light', description: 'for a page or a paper', theme: 'light' },
  { label: 'As shown', description: 'in the editor’s theme', theme: 'current' },
];

/** What the page kept with `setState` before the editor was closed. */
function subjectIn(state: unknown): NetworkSubject | undefined {
  if (typeof state !== 'object' || state === null || !('subject' in state)) return undefined;
  const { subject } = state;
  if (typeof subject !== 'object' || subject === null || !('config' in subject) || typeof subject.config !== 'string') return undefined;
  const compared: unknown = 'compared' in subject ? subject.compared : null;
  const size: unknown = 'size' in subject ? subject.size : null;
  const [width, height] = Array.isArray(size) ? size : [];
  return {
    config: subject.config,
    compared: typeof compared === 'string' ? compared : null,
    size: typeof width === 'number' && typeof height === 'number' ? [width, height] : null,
  };
}
