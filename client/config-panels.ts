import { type Disposable, type ExtensionContext, Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import { fields } from './fields.ts';
import { pageHtml } from './page-html.ts';

/** Panels of one kind that are open: one a config. */
export interface ConfigPanels<Shown> extends Disposable {
  /** Reveals the config's panel, or opens it. */
  of(config: string): Shown;
  active(): Shown | undefined;
  all(): readonly Shown[];
}

/** What one kind of panel is. */
export interface PanelKind<Subject, Shown> {
  readonly viewType: string;
  readonly title: string;
  /** In `media`, before `-light.svg` and `-dark.svg`. */
  readonly icon: string;
  /** Name of the page's script, its style sheet and the element that it fills. */
  readonly page: string;
  readonly fresh: (config: string) => Subject;
  /** Reads the subject that the page kept with `setState` before the editor was closed; null where it is none. */
  readonly kept: (subject: unknown) => Subject | null;
  readonly create: (panel: WebviewPanel, subject: Subject) => Shown;
  /** One that was put back after a restart of the editor. */
  readonly restored: (shown: Shown) => unknown;
}

export function createConfigPanels<Subject extends { readonly config: string }, Shown extends { readonly panel: WebviewPanel }>(
  { extensionUri }: ExtensionContext,
  { viewType, title, icon, page, fresh, kept, create, restored }: PanelKind<Subject, Shown>,
): ConfigPanels<Shown> {
  const open = new Map<string, Shown>();
  const pages = Uri.joinPath(extensionUri, 'dist', 'webview');
  const options = { enableScripts: true, localResourceRoots: [pages] };
  const iconPath = {
    light: Uri.joinPath(extensionUri, 'media', `${icon}-light.svg`),
    dark: Uri.joinPath(extensionUri, 'media', `${icon}-dark.svg`),
  };
  const all = (): readonly Shown[] => [...open.values()];

  const adopt = (panel: WebviewPanel, subject: Subject): Shown => {
    panel.iconPath = iconPath;
    const made = create(panel, subject);
    open.set(subject.config, made);
    panel.onDidDispose(() => open.delete(subject.config));
    const { webview } = panel;
    const address = (file: string): string => webview.asWebviewUri(Uri.joinPath(pages, file)).toString();
    webview.html = pageHtml({
      title: panel.title,
      script: address(`${page}.js`),
      style: address(`${page}.css`),
      source: webview.cspSource,
      root: page,
    });
    return made;
  };
  const serializer = window.registerWebviewPanelSerializer(viewType, {
    deserializeWebviewPanel: async (panel: WebviewPanel, state: unknown) => {
      const subject = kept(fields(state).subject);
      if (subject === null) return panel.dispose();
      panel.webview.options = options;
      await restored(adopt(panel, subject));
    },
  });
  return {
    of(config) {
      const found = open.get(config);
      if (found !== undefined) {
        found.panel.reveal(undefined, true);
        return found;
      }
      // Panels gather in one column, as long as that is not where the config itself is.
      const column = all()
        .map(({ panel }) => panel.viewColumn)
        .find(other => other !== window.activeTextEditor?.viewColumn);
      const place = { viewColumn: column ?? ViewColumn.Beside, preserveFocus: true };
      return adopt(window.createWebviewPanel(viewType, title, place, options), fresh(config));
    },
    active: () => all().find(({ panel }) => panel.active),
    all,
    dispose() {
      serializer.dispose();
      for (const { panel } of all()) panel.dispose();
    },
  };
}
