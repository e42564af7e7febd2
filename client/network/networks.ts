import { commands, Disposable, type ExtensionContext, Uri, window, workspace } from 'vscode';
import { NETWORK_CHANGED, type NetworkChangedParams } from '../../server/protocol.ts';
import { configOf } from '../config-document.ts';
import { createConfigPanels } from '../config-panels.ts';
import type { Server } from '../language-server.ts';
import type { DrawnFor, PictureTheme } from '../network-messages.ts';
import { type NetworkSubject, networkSubjectFrom } from '../network-subject.ts';
import { chooseConfig } from './choose-config.ts';
import { createNetworkPanel, type NetworkPanel } from './network-panel.ts';

/** The panels "Network", one a config, with their commands. */
export function createNetworks(context: ExtensionContext, server: Server): Disposable {
  const panels = createConfigPanels<NetworkSubject, NetworkPanel>(context, {
    viewType: 'necktie.network',
    title: 'Network',
    icon: 'network',
    page: 'network',
    fresh: config => ({ config, compared: null, size: null }),
    kept: networkSubjectFrom,
    create: (panel, subject) => {
      const made = createNetworkPanel(panel, subject, server);
      made.refresh();
      return made;
    },
    restored: () => undefined,
  });
  /** The one that a command means: the active panel, else that of the config, opened for it. */
  const meant = (target: unknown): NetworkPanel | undefined => {
    const front = target === undefined || target instanceof Uri ? panels.active() : undefined;
    const config = front === undefined ? configOf(target) : undefined;
    if (front !== undefined || config !== undefined) return front ?? (config && panels.of(config.fsPath));
    // The active editor shows something else: a class that the panel led to.
    return target === undefined ? panels.all().find(({ panel }) => panel.visible) : undefined;
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
    for (const panel of panels.all()) {
      const about = [panel.subject().config, panel.subject().compared].filter(path => path !== null);
      if (about.some(path => path === file || !isOpen(path))) panel.refresh();
    }
  };
  return Disposable.from(
    panels,
    server.client.onNotification(NETWORK_CHANGED, changed),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length) for (const panel of panels.all()) panel.edited(document.uri.fsPath);
    }),
    commands.registerCommand('necktie.showNetwork', (target?: unknown) => {
      const config = configOf(target);
      if (config === undefined) without();
      else panels.of(config.fsPath);
    }),
    commands.registerCommand('necktie.compareNetworks', compare),
    commands.registerCommand('necktie.exportNetwork', () => draw('save')),
    commands.registerCommand('necktie.copyNetwork', () => draw('copy')),
  );
}

const THEMES: readonly { readonly label: string; readonly description: string; readonly theme: PictureTheme }[] = [
  { label: 'Light', description: 'for a page or a paper', theme: 'light' },
  { label: 'As shown', description: 'in the editor’s theme', theme: 'current' },
];
