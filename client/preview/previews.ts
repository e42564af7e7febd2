import { type ExtensionContext, Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import type { DetectResult } from '../../server/protocol.ts';
import { configOf } from '../config-document.ts';
import type { Server } from '../language-server.ts';
import { type Subject, subjectFrom } from '../subject.ts';
import { firstPicture } from './picture-folder.ts';
import { createPreview, type Preview } from './preview.ts';
import { remembered } from './remembered.ts';

/** The previews that are open: one a config. */
export interface Previews {
  /** Opens or reveals the config's preview and runs it. */
  detect(config: Uri): Promise<void>;
  stop(): void;
  active(): Preview | undefined;
  /** The one that a command of the palette means: the active preview, else that of the active config, opened for it. */
  forCommand(): Preview | undefined;
  dispose(): void;
}

export const VIEW_TYPE = 'necktie.preview';

export function createPreviews(context: ExtensionContext, server: Server, detected: (result: DetectResult) => void): Previews {
  const open = new Map<string, Preview>();
  const options = { enableScripts: true, localResourceRoots: [Uri.joinPath(context.extensionUri, 'dist', 'webview')] };

  const adopt = (panel: WebviewPanel, subject: Subject): Preview => {
    panel.iconPath = {
      light: Uri.joinPath(context.extensionUri, 'media', 'detect-light.svg'),
      dark: Uri.joinPath(context.extensionUri, 'media', 'detect-dark.svg'),
    };
    const preview = createPreview(panel, subject, { extension: context.extensionUri, memory: context.workspaceState, server, detected });
    open.set(subject.config, preview);
    panel.onDidDispose(() => open.delete(subject.config));
    return preview;
  };
  const find = (config: Uri): Preview => {
    const found = open.get(config.fsPath);
    if (found !== undefined) {
      found.panel.reveal(undefined, true);
      return found;
    }
    // Previews gather in one column, as long as that is not where the config itself is.
    const column = [...open.values()].map(preview => preview.panel.viewColumn).find(other => other !== window.activeTextEditor?.viewColumn);
    const panel = window.createWebviewPanel(
      VIEW_TYPE,
      'Detection',
      { viewColumn: column ?? ViewColumn.Beside, preserveFocus: true },
      options,
    );
    return adopt(panel, { config: config.fsPath, image: null, checkpoint: null, validation: false, other: null });
  };
  const active = (): Preview | undefined => [...open.values()].find(preview => preview.panel.active);

  const serializer = window.registerWebviewPanelSerializer(VIEW_TYPE, {
    deserializeWebviewPanel: async (panel: WebviewPanel, state: unknown) => {
      // What the page kept with `setState` before the editor was closed.
      const subject = subjectOf(state);
      if (subject === null) return panel.dispose();
      panel.webview.options = options;
      await adopt(panel, remembered(context.workspaceState, subject.config) ?? subject).restore();
    },
  });
  return {
    async detect(config) {
      const preview = find(config);
      if (preview.subject().image === null) preview.setImage(await firstPicture(config, context.workspaceState));
      await preview.run();
    },
    stop: () => {
      for (const preview of open.values()) preview.stop();
    },
    active,
    forCommand() {
      const config = configOf(undefined);
      return active() ?? (config === undefined ? undefined : find(config));
    },
    dispose() {
      serializer.dispose();
      for (const preview of [...open.values()]) preview.panel.dispose();
    },
  };
}

const subjectOf = (state: unknown): Subject | null =>
  subjectFrom(typeof state === 'object' && state !== null && 'subject' in state ? state.subject : null);
