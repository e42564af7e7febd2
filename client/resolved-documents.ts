import {
  commands,
  Disposable,
  EventEmitter,
  Hover,
  Location,
  languages,
  MarkdownString,
  type TextDocument,
  type TextDocumentContentProvider,
  Uri,
  window,
  workspace,
} from 'vscode';
import { RESOLVED, type ResolvedOrigin, type ResolvedParams, type ResolvedResult } from '../server/protocol.ts';
import { configOf } from './config-document.ts';
import type { Server } from './language-server.ts';
import { rangeOf } from './range.ts';

const SCHEME = 'necktie-resolved';
/** Typing goes on within this time. */
const PAUSE_MS = 250;

/** Read-only documents with a config as it is when its bases are merged, and the comparison of the two. They follow what is typed; "Go to Definition" leads from a line to where it was written. */
export function createResolvedDocuments(server: Server): Disposable {
  const changed = new EventEmitter<Uri>();
  const origins = new Map<string, readonly (ResolvedOrigin | null)[]>();
  let timer: NodeJS.Timeout | undefined;

  const provider: TextDocumentContentProvider = {
    onDidChange: changed.event,
    async provideTextDocumentContent(uri) {
      await server.started;
      const params: ResolvedParams = paramsOf(uri);
      const found: ResolvedResult = await server.client.sendRequest(RESOLVED, params);
      origins.set(uri.toString(), found?.origins ?? []);
      return found?.text ?? '# Nothing to show: this file is no config that Necktie knows.\n';
    },
  };
  const shown = (): readonly TextDocument[] => workspace.textDocuments.filter(document => document.uri.scheme === SCHEME);
  const refresh = (uri: Uri): void => {
    if (uri.scheme !== 'file' || shown().length === 0) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      for (const { uri } of shown()) changed.fire(uri);
    }, PAUSE_MS);
  };
  const originAt = ({ uri }: TextDocument, line: number): ResolvedOrigin | undefined => origins.get(uri.toString())?.[line] ?? undefined;
  // What is not open here may change all the same: a base that another program writes.
  const files = workspace.createFileSystemWatcher('**/*.{py,json,yaml,yml}');
  return Disposable.from(
    changed,
    files,
    files.onDidChange(refresh),
    files.onDidCreate(refresh),
    files.onDidDelete(refresh),
    new Disposable(() => clearTimeout(timer)),
    workspace.registerTextDocumentContentProvider(SCHEME, provider),
    languages.registerDefinitionProvider(
      { scheme: SCHEME },
      {
        provideDefinition: (document, { line }) => {
          const origin = originAt(document, line);
          return origin && new Location(Uri.parse(origin.uri), rangeOf(origin.range));
        },
      },
    ),
    languages.registerHoverProvider(
      { scheme: SCHEME },
      {
        provideHover: (document, { line }) => {
          const origin = originAt(document, line);
          return origin && new Hover(linkTo(origin));
        },
      },
    ),
    workspace.onDidChangeTextDocument(event => refresh(event.document.uri)),
    workspace.onDidCloseTextDocument(document => origins.delete(document.uri.toString())),
    commands.registerCommand('necktie.showResolved', async (target?: unknown) => {
      const config = await chosen(target);
      if (config) await window.showTextDocument(await workspace.openTextDocument(uriOf(config, false)), { preview: false });
    }),
    commands.registerCommand('necktie.compareWithBase', async (target?: unknown) => {
      const config = await chosen(target);
      if (config)
        await commands.executeCommand('vscode.diff', uriOf(config, true), uriOf(config, false), `${nameOf(config)} (base ↔ resolved)`);
    }),
  );
}

async function chosen(target: unknown): Promise<Uri | undefined> {
  const shown = window.activeTextEditor?.document.uri;
  const config = configOf(target) ?? (shown?.scheme === SCHEME ? Uri.parse(paramsOf(shown).uri) : undefined);
  if (config === undefined) await window.showInformationMessage('Open the config to look at first.');
  return config;
}

/** The name tells what it is in the editor's tab; the config itself is in the query. */
function uriOf(config: Uri, bases: boolean): Uri {
  const name = nameOf(config).replace(/\.\w+$/, bases ? ' (base).py' : ' (resolved).py');
  return Uri.from({
    scheme: SCHEME,
    path: Uri.joinPath(config, '..', name).path,
    query: `${bases ? 'bases' : 'config'}=${config.toString()}`,
  });
}
function paramsOf({ query }: Uri): ResolvedParams {
  const at = query.indexOf('=');
  return { uri: query.slice(at + 1), bases: query.slice(0, at) === 'bases' };
}

const nameOf = ({ path }: Uri): string => path.slice(path.lastIndexOf('/') + 1);
const linkTo = ({ uri, range: { start } }: ResolvedOrigin): MarkdownString =>
  new MarkdownString(`set in [${nameOf(Uri.parse(uri))}, line ${start.line + 1}](${uri}#L${start.line + 1})`);
