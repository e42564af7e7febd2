/** What an editor asks of an open document: completion, hover, places, hints and lenses, what can be done. */
import { CodeActionKind, type Connection, type Position } from 'vscode-languageserver/node';
import type { Settings } from '../project/settings.ts';
import { Lines } from '../text/lines.ts';
import type { ParamsOf } from '../worker/messages.ts';
import { answered } from './answered.ts';
import { replaceBackboneAction } from './backbones.ts';
import { type CompletionPlace, markdown } from './completion-items.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Documents } from './documents.ts';
import type { WorkerClient } from './worker-client.ts';

interface Language {
  readonly connection: Connection;
  readonly documents: Documents;
  readonly quick: WorkerClient;
  readonly diagnosis: Diagnosis;
  readonly settings: () => Settings;
  /** What the editor can do with completions. */
  readonly completion: () => ParamsOf<'complete'>['abilities'];
}

export function answerLanguage({ connection, documents, quick, diagnosis, settings, completion }: Language): void {
  const pathOf = (uri: string): string | null => {
    diagnosis.seen(uri);
    return documents.get(uri)?.path ?? null;
  };

  connection.onCompletion(async ({ textDocument: { uri }, position, context }) => {
    const document = documents.get(uri);
    if (!document || (context?.triggerCharacter === ' ' && !/[,(] $|^\s*from $|\bimport $/.test(lineUpTo(document.text, position))))
      return null;
    return answered(connection, quick.request('complete', { path: document.path, position, abilities: completion() }), null);
  });
  connection.onCompletionResolve(async item => {
    const place: unknown = item.data;
    const documentation = isPlace(place) ? await answered(connection, quick.request('completionDocumentation', place), null) : null;
    return documentation === null ? item : { ...item, documentation: markdown(documentation) };
  });
  connection.onHover(async ({ textDocument: { uri }, position }) => {
    const path = pathOf(uri);
    return path === null ? null : answered(connection, quick.request('hover', { path, position, ...diagnosis.ran(uri) }), null);
  });
  connection.onDefinition(async ({ textDocument: { uri }, position }) => {
    const path = pathOf(uri);
    return path === null ? null : [...(await answered(connection, quick.request('definition', { path, position }), []))];
  });
  connection.onReferences(async ({ textDocument: { uri }, position, context: { includeDeclaration } }) => {
    const path = pathOf(uri);
    return path === null
      ? null
      : [...(await answered(connection, quick.request('references', { path, position, declaration: includeDeclaration }), []))];
  });
  connection.onSignatureHelp(async ({ textDocument: { uri }, position }) => {
    const path = pathOf(uri);
    return path === null ? null : answered(connection, quick.request('signature', { path, position }), null);
  });
  connection.onWorkspaceSymbol(async ({ query }) => [...(await answered(connection, quick.request('workspaceSymbols', { query }), []))]);
  connection.onDocumentSymbol(async ({ textDocument: { uri } }) => {
    const path = pathOf(uri);
    return path === null ? null : [...(await answered(connection, quick.request('symbols', { path }), []))];
  });
  connection.onDocumentLinks(async ({ textDocument: { uri } }) => {
    const path = pathOf(uri);
    return path === null ? null : [...(await answered(connection, quick.request('links', { path }), []))];
  });
  connection.languages.inlayHint.on(async ({ textDocument: { uri } }) => {
    const path = pathOf(uri);
    return path === null || !settings().inlayHints
      ? null
      : [...(await answered(connection, quick.request('hints', { path, ...diagnosis.ran(uri) }), []))];
  });
  connection.onCodeLens(async ({ textDocument: { uri } }) => {
    const path = pathOf(uri);
    return path === null || !settings().codeLens
      ? null
      : [...(await answered(connection, quick.request('lenses', { path, verdict: diagnosis.ran(uri).verdict }), []))];
  });
  connection.onCodeAction(async ({ textDocument: { uri }, range, context: { only } }) => {
    const path = pathOf(uri);
    const wanted = (kind: string): boolean => !only || only.some(one => kind === one || kind.startsWith(`${one}.`));
    const asksFixes = path !== null && wanted(CodeActionKind.QuickFix);
    const fixes = asksFixes
      ? [...(await answered(connection, quick.request('fixes', { path, range }), [])), ...diagnosis.modelFixes(uri, range)]
      : [];
    const isThere =
      path !== null &&
      wanted(CodeActionKind.RefactorRewrite) &&
      (await answered(connection, quick.request('onBackbone', { path, range }), false));
    // One fix may end several diagnostics.
    const different = fixes.filter((fix, i) => fixes.findIndex(other => other.title === fix.title) === i);
    return [...different, ...(isThere ? [replaceBackboneAction(uri)] : [])];
  });
}

/** As it was sent with the item: a client gives it back untouched. */
const isPlace = (data: unknown): data is CompletionPlace =>
  typeof data === 'object' &&
  data !== null &&
  'list' in data &&
  typeof data.list === 'number' &&
  'at' in data &&
  typeof data.at === 'number';

const lineUpTo = (text: string, { line, character }: Position): string => new Lines(text).text(line).slice(0, character);
