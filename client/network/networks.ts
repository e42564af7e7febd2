import { basename } from 'node:path';
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
  /** Where no editor tells: one of the workspace's configs, which need not be open. */
  const asked = async (title: string): Promise<NetworkPanel | undefined> => {
    const config = await chooseConfig({ title, placeHolder: 'A config of the workspace', beside: null });
    return config === undefined ? undefined : panels.of(config);
  };

  async function compare(target: unknown): Promise<void> {
    const panel = meant(target) ?? (await asked('Compare Networks'));
    if (panel === undefined) return;
    const { config } = panel.subject();
    const other = await chooseConfig({
      title: `Compare ${basename(config)} With`,
      placeHolder: 'Another config: its network is drawn above this one',
      beside: config,
    });
    if (other !== undefined) panel.compare(other);
  }
  async function draw(purpose: DrawnFor): Promise<void> {
    const title = 'Export Network as SVG';
    const panel = meant(undefined) ?? (await asked(title));
    if (panel === undefined) return;
    const chosen = purpose === 'copy' ? { theme: 'light' as const } : await window.showQuickPick(THEMES, { title });
    if (chosen !== undefined) panel.draw(chosen.theme, purpose);
  }
  const isOpen = (path: string): boolean => workspace.textDocuments.some(document => document.uri.fsPath === path);
  /** An open file may be what one rests on that is not open; of those that are not open each is told of by itself. */
  const changed = ({ uri }: NetworkChangedParams): void => {
    const file = Uri.parse(uri).fsPath;
    const open = isOpen(file);
    for (const panel of panels.all()) {
      const about = [panel.subject().config, panel.subject().compared].filter(path => path !== null);
      if (about.some(path => path === file || (open && !isOpen(path)))) panel.refresh();
    }
  };
  return Disposable.from(
    panels,
    server.client.onNotification(NETWORK_CHANGED, changed),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length) for (const panel of panels.all()) panel.edited(document.uri.fsPath);
    }),
    commands.registerCommand('necktie.showNetwork', async (target?: unknown) => {
      const config = configOf(target);
      if (config === undefined) await asked('Show Network');
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
